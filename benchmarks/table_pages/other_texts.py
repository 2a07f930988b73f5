# ruff: noqa: E501  (rows of tables are written on one line)
"""Pages of tables drawn in other ways than `texts`: double lines, three lines only, none at all.

Nothing was tuned on these before they were read for the first time; see the README.
"""

from __future__ import annotations

from benchmarks.table_pages.texts import TableText

OTHER_TABLES = (
    TableText(
        "double_1",
        "double",
        "BẢNG PHÂN CÔNG NHIỆM VỤ PHỤC VỤ BẦU CỬ",
        """
STT | Nội dung công việc | Thời gian thực hiện | Phân công | <
^ | ^ | ^ | Chủ trì | Phối hợp
(1) | (2) | (3) | (4) | (5)
---
A | CÔNG TÁC CHUẨN BỊ | < | < | <
1 | Lập danh sách cử tri theo từng khu vực bỏ phiếu | Chậm nhất ngày 11/4 | Công an xã | Trưởng thôn
2 | Niêm yết danh sách, tiếp nhận khiếu nại | Từ 12/4 đến 20/4 | ^ | Công chức Tư pháp - hộ tịch
3 | Bố trí hòm phiếu phụ và dấu đã bỏ phiếu | Ngày 15/5 | Văn phòng HĐND và UBND | 07 tổ bầu cử
B | NGÀY BẦU CỬ | < | < | <
4 | Khai mạc, kiểm tra hòm phiếu trước cử tri | 7 giờ 00, ngày 22/5 | Tổ trưởng tổ bầu cử | Ban Công tác Mặt trận
5 | Báo cáo tiến độ cử tri đi bầu mỗi 02 giờ | Cả ngày 22/5 | ^ |
6 | Kiểm phiếu, lập biên bản gửi Ủy ban bầu cử | Trước 22 giờ cùng ngày | ^ | Công an xã
""",
        (34, 180, 110, 110, 110),
    ),
    TableText(
        "double_2",
        "double",
        "GIAO CHỈ TIÊU KHÁM SỨC KHỎE ĐỊNH KỲ",
        """
TT | Trạm Y tế | Trẻ em | Người cao tuổi | Tỷ lệ lập hồ sơ | Ghi chú
---
1 | Trạm Y tế xã Thạch Bàn | 412 | 388 | 95% |
2 | Trạm Y tế xã Đông Lĩnh | 305 | 271 | 92,5% | Có điểm lẻ
3 | Trạm Y tế phường Trung Sơn | 1.120 | 946 | 98% |
4 | Trạm Y tế xã Mường Khoa | 187 | 96 | 90% | Khám tại bản
5 | Trạm Y tế xã Tân Hợp | 230 | 164 | 94% |
6 | Trạm Y tế xã Nghĩa Bình | 351 | 299 | 95,5% |
Cộng | < | 2.605 | 2.164 | 94,2% |
""",
        (32, 190, 70, 80, 90, 100),
        size=13.0,
        padding=4.5,
    ),
    TableText(
        "three_lines_1",
        "three_lines",
        "KẾ HOẠCH SINH HOẠT CHUYÊN MÔN HỌC KỲ II",
        """
TT | Nội dung sinh hoạt | Người phụ trách | Tháng
---
1 | Thống nhất đề cương ôn tập giữa kỳ cho các khối | Tổ trưởng | 2
2 | Dự giờ, rút kinh nghiệm tiết dạy minh họa môn Khoa học tự nhiên | Cô Vũ Hải Yến | 3
3 | Chấm vở sạch chữ đẹp | Tổ phó | 3
4 | Bồi dưỡng học sinh giỏi, phụ đạo học sinh chưa đạt chuẩn | Thầy Lò Văn Inh | 3, 4
5 | Ngoại khóa an toàn giao thông phối hợp với Công an xã | Tổng phụ trách | 4
6 | Kiểm tra hồ sơ, sổ sách cuối năm | Ban Giám hiệu | 5
7 | Bàn giao chất lượng lên lớp | Giáo viên chủ nhiệm | 5
""",
        (30, 250, 120, 60),
        size=13.0,
    ),
    TableText(
        "three_lines_2",
        "three_lines",
        "MỘT SỐ CHỈ TIÊU NÔNG NGHIỆP",
        """
STT | Chỉ tiêu | Đơn vị tính | Năm 2024 | Kế hoạch 2025
---
1 | Diện tích gieo trồng cây hằng năm | ha | 2.415 | 2.450
2 | Sản lượng lương thực có hạt | tấn | 13.870 | 14.200
3 | Tổng đàn bò | con | 1.905 | 2.000
4 | Tỷ lệ tiêm phòng gia súc, gia cầm | % | 81,4 | Trên 85
5 | Diện tích nuôi trồng thủy sản | ha | 96,5 | 98
6 | Số hợp tác xã hoạt động hiệu quả | hợp tác xã | 7 | 9
7 | Sản phẩm được công nhận OCOP | sản phẩm | 5 | 8
""",
        (36, 210, 90, 75, 95),
    ),
    TableText(
        "open_1",
        "open",
        "DANH SÁCH PHÂN CÔNG TRỰC TẾT",
        """
TT | Họ và tên | Chức vụ | Ngày trực | Số điện thoại
---
1 | Nông Thế Bảo | Chủ tịch UBND | 28 tháng Chạp | 0912 345 601
2 | Hà Thị Kim Ngân | Phó Chủ tịch | 29 tháng Chạp | 0912 345 602
3 | Bế Văn Đàn | Chỉ huy trưởng Quân sự | 30 tháng Chạp | 0912 345 603
4 | Sầm Thúy Quỳnh | Công chức Văn hóa | Mùng 1 Tết | 0912 345 604
5 | Lục Văn Thiệu | Trưởng Công an xã | Mùng 2 Tết | 0912 345 605
6 | Đàm Ngọc Khuê | Công chức Địa chính | Mùng 3 Tết | 0912 345 606
7 | Triệu Mùi Pham | Văn phòng - thống kê | Mùng 4 Tết | 0912 345 607
""",
        (28, 130, 140, 105, 100),
        size=13.0,
    ),
    TableText(
        "open_2",
        "open",
        "LỊCH TIẾP CÔNG DÂN CỦA LÃNH ĐẠO",
        """
STT | Lãnh đạo tiếp dân | Nội dung | Thời gian
---
1 | Chủ tịch UBND thị trấn | Tiếp định kỳ và giải quyết đơn khiếu nại, tố cáo | Thứ Năm hằng tuần
2 | Phó Chủ tịch phụ trách kinh tế | Vướng mắc về đất đai, xây dựng | Ngày 05 hằng tháng
3 | Phó Chủ tịch phụ trách văn xã | Chế độ chính sách, giáo dục, y tế, việc làm | Ngày 20 hằng tháng
4 | Trưởng Công an thị trấn | An ninh trật tự, cư trú | Ngày 25 hằng tháng
5 | Công chức Tư pháp - hộ tịch | Hướng dẫn, tiếp nhận, phân loại đơn thư | Các ngày làm việc
""",
        (36, 160, 190, 120),
    ),
    TableText(
        "wide_1",
        "half_ruled",
        "KẾ HOẠCH KIỂM TRA, GIÁM SÁT NĂM 2026",
        """
TT | Nội dung kiểm tra | Đối tượng | Mốc thời gian | Trưởng đoàn | Đơn vị phối hợp | Kết quả
---
1 | Việc chấp hành quy chế dân chủ ở cơ sở | Chi bộ thôn Nà Pán | Tháng 3 | Bà Mông Thị Hoa | Mặt trận Tổ quốc | Báo cáo
2 | Thu, nộp và sử dụng đảng phí | 05 chi bộ trực thuộc | Tháng 5 | Ông Giáp Văn Khải | Văn phòng Đảng ủy | Kết luận
3 | Trách nhiệm nêu gương của người đứng đầu | Hiệu trưởng 03 trường | Tháng 8 | Bà Mông Thị Hoa | Công đoàn | Thông báo
4 | Giải quyết đơn thư kéo dài | Ban Quản lý chợ | Tháng 9 | Ông Giáp Văn Khải | Thanh tra nhân dân | Kết luận
5 | Kê khai tài sản, thu nhập | Cán bộ diện quản lý | Tháng 12 | Ủy ban Kiểm tra | Bộ phận Tổ chức | Báo cáo
""",
        (28, 180, 120, 80, 110, 110, 70),
        landscape=True,
    ),
    TableText(
        "framed_1",
        "framed",
        "BIỂU TỔNG HỢP NHIỆM VỤ QUÝ IV",
        """
Stt | Nhiệm vụ | Thời hạn | Sản phẩm | Chuyên viên
---
1 | Báo cáo kết quả rà soát quy hoạch chi tiết hai bên đường ĐT.477 | 15/10 | Báo cáo | Hoàng Gia Bảo
2 | Trình duyệt giá đất cụ thể Khu dân cư số 3 | 30/10 | Tờ trình, dự thảo Quyết định | ^
3 | Nghiệm thu nhà bia ghi tên liệt sĩ | 05/11 | Biên bản | Ngô Thùy Linh
4 | Giải ngân 100% vốn đầu tư công | 31/12 | Bảng đối chiếu với Kho bạc | ^
5 | Lập kế hoạch sử dụng đất năm sau | 10/12 | Hồ sơ trình thẩm định | Hoàng Gia Bảo
6 | Cắm mốc hành lang an toàn đê | Quý IV | 46 mốc | Phùng Quốc Việt
""",
        (30, 200, 65, 120, 95),
        size=12.5,
    ),
)
