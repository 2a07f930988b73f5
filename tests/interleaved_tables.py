"""Tables of our own for the tests of tables in plain text: other columns, other offices, other rows."""

from __future__ import annotations

from tests.interleaved import Typeset

COMMUNE = Typeset(
    "commune",
    ("TT", "Tên chỉ tiêu", "ĐVT", "Kế hoạch năm 2025", "Cơ quan chủ trì", "Cơ quan phối hợp"),
    (4, 30, 5, 14, 18, 16),
    (
        (
            "1",
            "Tỷ lệ hộ gia đình được sử dụng nước sạch đạt chuẩn",
            "%",
            "Trên 95",
            "Phòng Kinh tế xã",
            "Các thôn, tổ dân phố",
        ),
        (
            "2",
            "Tỷ lệ rác thải sinh hoạt được thu gom và xử lý theo quy định",
            "%",
            "Phấn đấu đạt 98",
            "Phòng Kinh tế xã",
            "Các thôn, tổ dân phố",
        ),
        ("3", "Số hộ nghèo giảm trong năm", "Hộ", "25", "Phòng Văn hóa - Xã hội xã", "Các thôn, tổ dân phố"),
        (
            "4",
            "Tỷ lệ trẻ em dưới 1 tuổi được tiêm chủng đầy đủ các loại vắc xin",
            "%",
            "Tối thiểu 97",
            "Trạm Y tế xã",
            "Các trường học",
        ),
        (
            "5",
            "Tỷ lệ người dân tham gia bảo hiểm y tế",
            "%",
            "Phấn đấu đạt 96",
            "Phòng Văn hóa - Xã hội xã",
            "Các thôn, tổ dân phố",
        ),
        (
            "6",
            "Tỷ lệ gia đình đạt chuẩn văn hóa",
            "%",
            "Trên 92",
            "Phòng Văn hóa - Xã hội xã",
            "Các thôn, tổ dân phố",
        ),
        (
            "7",
            "Diện tích rừng trồng mới tập trung trên địa bàn xã",
            "Ha",
            "15",
            "Phòng Kinh tế xã",
            "Hạt Kiểm lâm",
        ),
        (
            "8",
            "Tỷ lệ hồ sơ được giải quyết đúng hạn và trước hạn",
            "%",
            "100",
            "Trung tâm Phục vụ hành chính công",
            "Các phòng chuyên môn",
        ),
    ),
)

DEPARTMENT = Typeset(
    "department",
    ("STT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Thời gian hoàn thành", "Sản phẩm"),
    (4, 32, 16, 13, 18),
    (
        (
            "1",
            "Rà soát, sửa đổi quy chế làm việc của Sở và quy chế chi tiêu nội bộ",
            "Văn phòng Sở",
            "Quý I/2026",
            "Quyết định ban hành quy chế",
        ),
        (
            "2",
            "Tổ chức tập huấn kỹ năng chuyển đổi số cho công chức, viên chức",
            "Văn phòng Sở",
            "Quý II/2026",
            "Báo cáo kết quả tập huấn",
        ),
        (
            "3",
            "Kiểm tra việc chấp hành kỷ luật, kỷ cương hành chính tại các đơn vị trực thuộc",
            "Thanh tra Sở",
            "Tháng 9/2026",
            "Báo cáo kết quả kiểm tra",
        ),
        (
            "4",
            "Số hóa hồ sơ lưu trữ đã giải quyết từ năm 2015 đến nay",
            "Trung tâm Lưu trữ",
            "Tháng 12/2026",
            "Kho dữ liệu điện tử",
        ),
        (
            "5",
            "Tổng hợp kết quả thực hiện kế hoạch, đề xuất khen thưởng",
            "Văn phòng Sở",
            "Tháng 12/2026",
            "Tờ trình, báo cáo tổng kết",
        ),
    ),
    on_top=True,
)

SCHOOL = Typeset(
    "school",
    ("STT", "Nội dung công việc", "Người phụ trách", "Thời gian"),
    (4, 36, 20, 14),
    (
        ("1", "Khai giảng năm học mới, phát động thi đua dạy tốt học tốt", "Ban Giám hiệu", "Tháng 9"),
        (
            "2",
            "Hội nghị viên chức, người lao động; thông qua quy chế dân chủ",
            "Công đoàn trường",
            "Tháng 10",
        ),
        (
            "3",
            "Hội giảng chào mừng ngày Nhà giáo Việt Nam, dự giờ toàn trường",
            "Tổ trưởng chuyên môn",
            "Tháng 11",
        ),
        (
            "4",
            "Kiểm tra hồ sơ chuyên môn và việc ra đề, coi thi, chấm thi học kỳ",
            "Ban Giám hiệu",
            "Tháng 12",
        ),
        (
            "5",
            "Sinh hoạt chuyên đề đổi mới phương pháp ở từng tổ bộ môn",
            "Tổ trưởng chuyên môn",
            "Hằng tháng",
        ),
        ("6", "Chăm sóc cây xanh, vệ sinh khuôn viên lớp học", "Đoàn Thanh niên", "Hằng tuần"),
    ),
)

GROUPED = Typeset(
    "grouped",
    ("TT", "Nhiệm vụ", "Phòng chủ trì", "Phòng phối hợp", "Tiến độ thực hiện"),
    (4, 34, 18, 18, 14),
    (
        ("I NHÓM NHIỆM VỤ VỀ HẠ TẦNG SỐ",),
        (
            "1",
            "Nâng cấp mạng nội bộ và hệ thống máy chủ dùng chung",
            "Phòng Công nghệ số",
            "Văn phòng huyện",
            "Quý I năm 2025",
        ),
        (
            "2",
            "Trang bị máy quét, máy in cho bộ phận tiếp nhận hồ sơ",
            "Văn phòng huyện",
            "Phòng Tài chính",
            "Quý II năm 2025",
        ),
        (
            "3",
            "Lắp đặt màn hình thông tin tại nhà văn hóa các khu phố",
            "Phòng Công nghệ số",
            "Phòng Tài chính",
            "Quý III năm 2025",
        ),
        ("II NHÓM NHIỆM VỤ VỀ DỮ LIỆU SỐ",),
        (
            "1",
            "Làm sạch dữ liệu hộ tịch, đất đai trên phần mềm dùng chung",
            "Phòng Tư pháp",
            "Văn phòng huyện",
            "Quý III năm 2025",
        ),
        (
            "2",
            "Kết nối, chia sẻ dữ liệu với các sở, ngành của tỉnh",
            "Phòng Công nghệ số",
            "Văn phòng huyện",
            "Quý IV năm 2025",
        ),
        (
            "3",
            "Công bố danh mục dữ liệu mở của huyện",
            "Phòng Công nghệ số",
            "Văn phòng huyện",
            "Quý IV năm 2025",
        ),
    ),
    stroke=0.3,
)

PROSE = (
    "Phòng Kinh tế xã, Phòng Văn hóa - Xã hội xã và Trạm Y tế xã tham mưu cho Ủy ban nhân dân.",
    "Các thôn, tổ dân phố phối hợp với các trường học tuyên truyền cho người dân.",
    "Văn phòng Sở, Thanh tra Sở và Trung tâm Lưu trữ báo cáo Giám đốc Sở trước ngày 15 hằng tháng.",
    "Ban Giám hiệu, Tổ trưởng chuyên môn và Công đoàn trường phân công giáo viên thực hiện.",
    "Phòng Công nghệ số chủ trì, phối hợp với Phòng Tài chính, Văn phòng huyện, Phòng Tư pháp.",
)
