"""Twelve pages of tables, texts of our own, in four layouts.

A table is written as it looks: cells parted by `|`, `^` continues the cell above, `<` the
cell to the left, a line of `---` ends the header.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Layout = Literal["tasks", "indicators", "schedule", "half_ruled", "three_lines", "open", "double", "framed"]
"""From `half_ruled` on also how its lines are drawn: see `build`."""


@dataclass(frozen=True, slots=True)
class TableText:
    """A page of the set. `widths` are shares of the text width, `size` and `padding` points."""

    name: str
    layout: Layout
    heading: str
    body: str
    widths: tuple[float, ...]
    size: float = 12.0
    padding: float = 3.6
    landscape: bool = False


TABLES = (
    TableText(
        "tasks_1",
        "tasks",
        "PHÂN CÔNG NHIỆM VỤ CHUYỂN ĐỔI SỐ NĂM 2025",
        """
STT | Nội dung công việc | Đơn vị thực hiện | < | Thời gian | Sản phẩm
^ | ^ | Chủ trì | Phối hợp | ^ | ^
---
I | HẠ TẦNG VÀ DỮ LIỆU | < | < | < | <
1 | Rà soát, nâng cấp mạng nội bộ tại trụ sở | Văn phòng Sở | Trung tâm Công nghệ thông tin | Quý I/2025 | Báo cáo rà soát
2 | Số hóa hồ sơ lưu trữ giai đoạn 2010 - 2020 | ^ | Các phòng chuyên môn | Tháng 9/2025 | Kho dữ liệu số
3 | Xây dựng danh mục dữ liệu mở | ^ | | Trước ngày 30/6/2025 | Quyết định ban hành danh mục
II | DỊCH VỤ CÔNG TRỰC TUYẾN | < | < | < | <
1 | Cấu trúc lại quy trình điện tử của 15 thủ tục | Phòng Cải cách hành chính | UBND các xã, phường | Tháng 4/2025 | 15 quy trình điện tử
2 | Tập huấn kỹ năng hỗ trợ người dân nộp hồ sơ | ^ | Đoàn Thanh niên | Quý II/2025 | Lớp tập huấn
3 | Khảo sát mức độ hài lòng của tổ chức, cá nhân | Thanh tra Sở | | Định kỳ hằng quý | Báo cáo kết quả khảo sát
III | AN TOÀN THÔNG TIN | < | < | < | <
1 | Diễn tập ứng cứu sự cố mạng | Trung tâm Công nghệ thông tin | Công an tỉnh | Tháng 10/2025 | Biên bản diễn tập
""",
        (38, 150, 95, 95, 80, 90),
    ),
    TableText(
        "tasks_2",
        "tasks",
        "TIẾN ĐỘ TRIỂN KHAI CÔNG TÁC PHÒNG, CHỐNG THIÊN TAI",
        """
TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn hoàn thành | Ghi chú
---
1 | Kiện toàn Ban Chỉ huy phòng thủ dân sự cấp huyện | Phòng Nông nghiệp và Môi trường | Phòng Nội vụ | 15/4/2025 |
2 | Kiểm tra hệ thống đê điều, hồ đập trước mùa mưa lũ | ^ | Hạt Quản lý đê | 30/4/2025 | Có biên bản
3 | Cập nhật phương án sơ tán dân vùng trũng thấp | Ban Chỉ huy Quân sự huyện | UBND các xã | 20/5/2025 |
4 | Chuẩn bị vật tư dự phòng: rọ thép, bao tải, bạt chống sóng | Phòng Tài chính - Kế hoạch | Các doanh nghiệp | 31/5/2025 | Theo danh mục
5 | Tổ chức thông tin, cảnh báo sớm đến thôn, tổ dân phố | Trung tâm Văn hóa và Truyền thông | Đài truyền thanh xã | Thường xuyên |
6 | Diễn tập phương án bốn tại chỗ | Ban Chỉ huy Quân sự huyện | Công an huyện | Tháng 6/2025 | 02 xã
7 | Trực ban 24/24 giờ | ^ | Văn phòng HĐND và UBND huyện | Từ 15/5 đến 30/11/2025 |
8 | Sơ kết, rút kinh nghiệm | ^ | Các cơ quan, đơn vị | Tháng 12/2025 | Báo cáo
""",
        (30, 190, 120, 105, 90, 75),
        padding=0.2,
    ),
    TableText(
        "tasks_3",
        "tasks",
        "KẾ HOẠCH HOẠT ĐỘNG CỦA ỦY BAN NHÂN DÂN XÃ NĂM 2026",
        """
Số TT | Nội dung hoạt động | Người phụ trách | Thời gian thực hiện | Kết quả cần đạt
---
A | LĨNH VỰC KINH TẾ | < | < | <
1 | Chuyển đổi 12 ha đất lúa kém hiệu quả sang trồng rau an toàn | Ông Trần Quốc Huy, Phó Chủ tịch | Vụ Đông Xuân | Hợp đồng bao tiêu sản phẩm
2 | Hỗ trợ 03 hộ kinh doanh đăng ký sản phẩm OCOP | ^ | Quý III | Hồ sơ đạt từ 3 sao trở lên
3 | Vận động nhân dân đóng góp làm đường nội đồng | Bà Lê Thị Ngọc Ánh, Chủ tịch Hội Nông dân | Cả năm | 2,5 km đường bê tông
B | LĨNH VỰC VĂN HÓA - XÃ HỘI | < | < | <
4 | Tổ chức giải bóng chuyền thanh niên | Đoàn xã | Tháng 3 | Giải đấu
5 | Rà soát hộ nghèo, hộ cận nghèo theo chuẩn mới | Công chức Văn hóa - xã hội | Từ 01/9 đến 15/11 | Danh sách được phê duyệt
6 | Tiêm chủng mở rộng cho trẻ dưới 5 tuổi | Trạm Y tế | Ngày 25 hằng tháng | Trên 98% trẻ được tiêm đủ
7 | Phổ cập bơi cho học sinh tiểu học | Trường Tiểu học số 2 | Hè 2026 | 120 học sinh biết bơi
""",
        (42, 190, 130, 90, 120),
        size=12.5,
    ),
    TableText(
        "indicators_1",
        "indicators",
        "CÁC CHỈ TIÊU CHỦ YẾU NĂM 2025",
        """
STT | Chỉ tiêu | Đơn vị tính | Chỉ tiêu giao | < | Cơ quan theo dõi
^ | ^ | ^ | Năm 2024 | Năm 2025 | ^
---
I | Chỉ tiêu kinh tế | < | < | < | <
1 | Tốc độ tăng giá trị sản xuất | % | 8,2 | 8,5 | Phòng Kinh tế
2 | Thu ngân sách trên địa bàn | Tỷ đồng | 215 | 240 | Chi cục Thuế
3 | Thu nhập bình quân đầu người | Triệu đồng | 68,5 | 74 | Phòng Kinh tế
4 | Số doanh nghiệp thành lập mới | Doanh nghiệp | 35 | 40 | ^
II | Chỉ tiêu xã hội | < | < | < | <
5 | Tỷ lệ hộ nghèo theo chuẩn đa chiều | % | 1,9 | 1,5 | Phòng Văn hóa - Xã hội
6 | Tỷ lệ người dân tham gia bảo hiểm y tế | % | 94 | 95,5 | Bảo hiểm xã hội
7 | Số trường đạt chuẩn quốc gia | Trường | 9 | 11 | Phòng Giáo dục
III | Chỉ tiêu môi trường | < | < | < | <
8 | Tỷ lệ chất thải rắn được thu gom | % | 92 | 95 | Phòng Kinh tế
9 | Tỷ lệ dân số nông thôn dùng nước sạch | % | 78 | 82 | ^
""",
        (38, 190, 80, 62, 62, 110),
    ),
    TableText(
        "indicators_2",
        "indicators",
        "CHỈ TIÊU CẢI CÁCH HÀNH CHÍNH",
        """
TT | Nội dung chỉ tiêu | ĐVT | Kết quả, mục tiêu | < | Bộ phận thực hiện | <
^ | ^ | ^ | Thực hiện 2024 | Mục tiêu 2025 | Chủ trì | Phối hợp
---
1 | Tỷ lệ hồ sơ giải quyết đúng hạn | % | 97,1 | Tối thiểu 99 | Bộ phận Một cửa | Các phòng
2 | Tỷ lệ thanh toán trực tuyến | % | 41 | Đạt 60 | ^ | Phòng Tài chính
3 | Số sáng kiến được công nhận | Sáng kiến | 4 | Từ 6 trở lên | Phòng Nội vụ | ^
4 | Điểm đánh giá xếp loại | Điểm | 86,35 | Trên 90 | ^ | Các đơn vị
5 | Thời gian trả lời phản ánh, kiến nghị | Ngày | 7 | Không quá 5 | Thanh tra huyện |
6 | Số cuộc họp giảm so với năm trước | % | 10 | 15 | Văn phòng | Các phòng
7 | Tỷ lệ văn bản ký số, gửi liên thông | % | 100 | 100 | ^ | ^
8 | Số lượt công chức được bồi dưỡng | Lượt người | 120 | 150 | Phòng Nội vụ | Trung tâm Chính trị
9 | Mức độ hài lòng của người dân | % | 92 | Tối thiểu 95 | ^ |
""",
        (30, 150, 62, 68, 80, 90, 85),
    ),
    TableText(
        "indicators_3",
        "indicators",
        "CHỈ TIÊU PHẤN ĐẤU CỦA NHÀ TRƯỜNG NĂM HỌC 2025 - 2026",
        """
STT | Nội dung | Khối lớp | < | < | Toàn trường
^ | ^ | 6 - 7 | 8 | 9 | ^
---
1 | Học lực giỏi (%) | 22 | 25 | 28 | 25
2 | Học lực khá (%) | 45 | 44 | 42 | 43,7
3 | Hạnh kiểm tốt (%) | 90 | 91,5 | 93 | 91,4
4 | Học sinh giỏi cấp huyện (em) | 3 | 5 | 12 | 20
5 | Học sinh giỏi cấp tỉnh (em) | 0 | 1 | 4 | 5
6 | Tỷ lệ duy trì sĩ số (%) | 99,5 | 99 | 100 | 99,5
7 | Tỷ lệ tốt nghiệp trung học cơ sở (%) | | | 100 | 100
8 | Lớp học tiên tiến (lớp) | 4 | 2 | 2 | 8
9 | Chuyên đề cấp trường (buổi) | 2 | 1 | 1 | 4
10 | Bài dự thi sáng tạo khoa học kỹ thuật | 2 | 3 | 3 | 8
""",
        (38, 220, 62, 55, 55, 80),
        size=13.0,
        padding=4.5,
    ),
    TableText(
        "schedule_1",
        "schedule",
        "LỊCH KIỂM TRA CÔNG VỤ 6 THÁNG CUỐI NĂM",
        """
STT | Đơn vị được kiểm tra | Thời gian | < | Nội dung | Trưởng đoàn
^ | ^ | Bắt đầu | Kết thúc | ^ | ^
---
1 | UBND xã Phú Lâm | 07/7/2025 | 11/7/2025 | Kỷ luật, kỷ cương hành chính | Ông Nguyễn Văn Thành
2 | UBND xã Hòa Bình | 14/7/2025 | 18/7/2025 | ^ | ^
3 | UBND phường Cầu Diễn | 04/8/2025 | 06/8/2025 | Tiếp nhận và trả kết quả hồ sơ | Bà Phạm Thu Trang
4 | Trung tâm Y tế | 18/8/2025 | 20/8/2025 | Quản lý tài sản công | ^
5 | Ban Quản lý dự án | 08/9/2025 | 12/9/2025 | ^ | Ông Đỗ Minh Đức
6 | Trường THCS Nguyễn Trãi | 22/9/2025 | 23/9/2025 | Thực hiện quy chế dân chủ | ^
7 | Phòng Tư pháp | 06/10/2025 | 07/10/2025 | Công tác hộ tịch, chứng thực | Bà Phạm Thu Trang
8 | UBND xã An Thịnh | 20/10/2025 | 24/10/2025 | Kỷ luật, kỷ cương hành chính | Ông Nguyễn Văn Thành
9 | Tổng hợp, báo cáo | 01/12/2025 | 10/12/2025 | Báo cáo kết quả kiểm tra | ^
""",
        (38, 135, 75, 75, 130, 110),
    ),
    TableText(
        "schedule_2",
        "schedule",
        "CHƯƠNG TRÌNH HỘI NGHỊ TRIỂN KHAI NHIỆM VỤ",
        """
Buổi | Bắt đầu | Kết thúc | Nội dung | Thực hiện
---
Sáng ngày 12/3 | 7 giờ 30 | 8 giờ 00 | Đón tiếp đại biểu, phát tài liệu | Văn phòng
^ | 8 giờ 00 | 8 giờ 15 | Chào cờ, tuyên bố lý do, giới thiệu đại biểu | Ban Tổ chức
^ | 8 giờ 15 | 9 giờ 30 | Báo cáo kết quả năm 2024, phương hướng năm 2025 | Ông Bùi Xuân Cường
^ | 9 giờ 30 | 11 giờ 00 | Thảo luận, tham luận của các xã | Đoàn chủ tọa
^ | 11 giờ 00 | 11 giờ 30 | Phát biểu chỉ đạo của lãnh đạo huyện | Thường trực Huyện ủy
Chiều ngày 12/3 | 13 giờ 30 | 15 giờ 00 | Thăm mô hình trồng nấm tại hợp tác xã Tân Tiến | Phòng Kinh tế
^ | 15 giờ 00 | 16 giờ 00 | Trao đổi kinh nghiệm | ^
^ | 16 giờ 00 | 16 giờ 30 | Tổng kết, bế mạc hội nghị | Ban Tổ chức
""",
        (75, 75, 75, 210, 110),
        size=13.0,
    ),
    TableText(
        "schedule_3",
        "schedule",
        "TIẾN ĐỘ XÂY DỰNG NHÀ VĂN HÓA THÔN",
        """
TT | Hạng mục công việc | Bắt đầu | Kết thúc | Đơn vị chủ trì | Đơn vị giám sát | Kinh phí (triệu đồng)
---
I | Chuẩn bị đầu tư | < | < | < | < | <
1 | Lập báo cáo kinh tế kỹ thuật | 01/02 | 28/02 | Ban Quản lý dự án | Ban Thanh tra nhân dân | 85
2 | Thẩm định, phê duyệt | 01/3 | 20/3 | Phòng Kinh tế và Hạ tầng | ^ | 12,5
3 | Lựa chọn nhà thầu | 21/3 | 30/4 | Ban Quản lý dự án | ^ | 18
II | Thi công | < | < | < | < | <
1 | San nền, làm móng | 05/5 | 15/6 | Nhà thầu xây lắp | Tư vấn giám sát | 420
2 | Xây tường, đổ mái | 16/6 | 30/8 | ^ | ^ | 1.150
3 | Điện nước, chống sét | 01/9 | 20/9 | ^ | ^ | 136
4 | Sân, cổng, hàng rào, bồn hoa | 21/9 | 25/10 | ^ | Ban Thanh tra nhân dân | 270
III | Nghiệm thu | < | < | < | < | <
1 | Nghiệm thu, bàn giao đưa vào sử dụng | 26/10 | 05/11 | Ban Quản lý dự án | UBND xã | 5
2 | Quyết toán | 06/11 | 31/12 | ^ | Phòng Tài chính | 7,5
""",
        (32, 170, 58, 58, 120, 115, 75),
        landscape=True,
    ),
    TableText(
        "half_ruled_1",
        "half_ruled",
        "PHÂN CÔNG TRỰC VÀ THEO DÕI ĐỊA BÀN",
        """
TT | Nội dung công việc | Người thực hiện | Thời gian
---
1 | Theo dõi tiến độ thu hoạch lúa Đông Xuân tại các thôn | Nguyễn Hữu Phước | Tháng 2
2 | Tổng hợp ý kiến cử tri trước kỳ họp thường lệ | Trần Thị Bích Liên | Tháng 6
3 | Trực phòng cháy rừng mùa khô | Hạt Kiểm lâm | Từ tháng 3 đến tháng 7
4 | Kiểm tra vệ sinh an toàn thực phẩm tại chợ | Trạm Y tế | Tháng 1, tháng 9
5 | Rà soát người có công, gia đình chính sách | Công chức xã hội | Tháng 7
6 | Tu sửa nghĩa trang liệt sĩ | Ban Quản lý nghĩa trang | Trước ngày 27/7
7 | Vận động học sinh bỏ học trở lại trường | Hội Khuyến học | Tháng 8
8 | Đối thoại với thanh niên | Đoàn Thanh niên | Tháng 10
""",
        (32, 220, 130, 110),
    ),
    TableText(
        "half_ruled_2",
        "half_ruled",
        "CHỈ TIÊU TRỒNG CÂY VÀ CHĂM SÓC RỪNG",
        """
STT | Chỉ tiêu | Đơn vị | Kế hoạch | Đơn vị thực hiện
---
1 | Diện tích rừng trồng mới | ha | 125 | Hạt Kiểm lâm
2 | Số cây phân tán | nghìn cây | 45,5 | UBND các xã
3 | Diện tích rừng được chăm sóc | ha | 310 | Ban Quản lý rừng
4 | Tỷ lệ che phủ rừng | % | 42,6 | Hạt Kiểm lâm
5 | Số vụ vi phạm giảm so với năm trước | % | 15 | Công an huyện
6 | Số lớp tập huấn kỹ thuật cho hộ nhận khoán | lớp | 8 | Trạm Khuyến nông
7 | Khối lượng gỗ khai thác hợp pháp | m3 | 2.400 | Ban Quản lý rừng
8 | Số hộ được cấp chứng chỉ | hộ | 60 | Hạt Kiểm lâm
""",
        (38, 200, 75, 75, 120),
        size=13.0,
    ),
    TableText(
        "half_ruled_3",
        "half_ruled",
        "DANH MỤC VĂN BẢN CẦN BAN HÀNH",
        """
TT | Tên văn bản | Cơ quan soạn thảo | Cấp ban hành | Hạn trình
---
1 | Quy chế làm việc của Ban Chỉ đạo | Văn phòng | Chủ tịch UBND | 10/01
2 | Kế hoạch tuyên truyền pháp luật | Phòng Tư pháp | UBND huyện | 25/01
3 | Đề án sắp xếp các đơn vị sự nghiệp | Phòng Nội vụ | HĐND huyện | 15/5
4 | Quyết định giao dự toán bổ sung | Phòng Tài chính | UBND huyện | 30/6
5 | Nghị quyết về mức thu học phí | Phòng Giáo dục | HĐND huyện | 05/7
6 | Phương án bảo vệ mùa màng | Trạm Bảo vệ thực vật | Chủ tịch UBND | 01/8
7 | Báo cáo tổng kết năm | Văn phòng | UBND huyện | 20/12
""",
        (30, 185, 120, 95, 70),
        size=12.5,
        padding=5.0,
    ),
)
