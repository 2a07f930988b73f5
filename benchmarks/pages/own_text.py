"""Text of our own for pages in other faces, written for this benchmark; no office issued it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, or with `cells` a table row; `shares` are the widths of its columns."""

    text: str = ""
    face: str = "Regular"
    indent: float = 0.0
    centred: bool = False
    cells: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()


_SHARES = (0.07, 0.43, 0.14, 0.14, 0.22)


def _row(*cells: str, face: str = "Regular") -> Part:
    return Part(cells=cells, shares=_SHARES, face=face)


_SANS = (
    Part("2", centred=True),
    Part("III. NHIỆM VỤ VÀ GIẢI PHÁP CHỦ YẾU", "Bold"),
    Part("1. Công tác tuyên truyền, phổ biến, quán triệt", "BoldItalic", 24),
    Part(
        "a) Tổ chức hội nghị quán triệt Nghị quyết số 27-NQ/ĐU ngày 17/6/2025 của Đảng ủy xã đến toàn thể "
        "cán bộ, đảng viên, công chức, viên chức và người hoạt động không chuyên trách ở thôn, khu phố; "
        "đăng tải tài liệu trên cổng thông tin điện tử, loa truyền thanh, bảng tin của nhà văn hóa.",
        indent=24,
    ),
    Part("- Đơn vị chủ trì: Văn hóa - Xã hội. Thời gian: trước ngày 30/9/2025.", "Italic", 24),
    Part("2. Rà soát quỹ đất, chỉnh trang đường làng, ngõ xóm", "BoldItalic", 24),
    Part(
        "b) Khảo sát, đo đạc, lập hồ sơ 12,5 km đường trục thôn; huy động nhân dân hiến đất, góp ngày công, "
        "bảo đảm mỗi tuyến đường có rãnh thoát nước, điện chiếu sáng, cây xanh; phấn đấu đến hết quý IV "
        "đạt 85% số hộ tham gia, quý I năm sau hoàn thành 100%.",
        indent=24,
    ),
    Part(
        "c) Kinh phí thực hiện: 1.250.000.000 đồng (Một tỷ hai trăm năm mươi triệu đồng), trong đó ngân sách "
        "huyện hỗ trợ 60%, ngân sách xã 25%, phần còn lại xã hội hóa từ doanh nghiệp, hợp tác xã, kiều bào.",
        indent=24,
    ),
    Part("3. Kiểm tra, giám sát, đánh giá kết quả", "BoldItalic", 24),
    Part(
        "Ủy ban kiểm tra phối hợp Mặt trận Tổ quốc, Hội Nông dân, Hội Liên hiệp Phụ nữ, Đoàn Thanh niên, "
        "Hội Cựu chiến binh giám sát từng quý; kịp thời biểu dương thôn làm tốt, nhắc nhở nơi trì trệ, "
        "xử lý nghiêm trường hợp lãng phí, thất thoát, vi phạm quy định về đầu tư công.",
        indent=24,
    ),
    Part(
        "Báo cáo gửi về Văn phòng Đảng ủy trước ngày 20 hằng tháng (qua địa chỉ thư điện tử công vụ) để "
        "tổng hợp, trình Ban Thường vụ xem xét, cho ý kiến chỉ đạo tiếp theo.",
        "Italic",
        24,
    ),
    Part("IV. TỔ CHỨC THỰC HIỆN", "Bold"),
    Part(
        "Các chi bộ, ban, ngành, đoàn thể căn cứ Kế hoạch này xây dựng chương trình cụ thể; quá trình triển "
        "khai nếu có khó khăn, vướng mắc thì phản ánh ngay để kịp thời điều chỉnh, bổ sung cho phù hợp./.",
        indent=24,
    ),
)

_SMALL = (
    Part("PHỤ LỤC 03", "Bold", centred=True),
    Part("DANH MỤC CHỈ TIÊU PHÁT TRIỂN NĂM HỌC 2025 – 2026", "Bold", centred=True),
    Part("(Ban hành kèm theo Kế hoạch số 118/KH-PGDĐT ngày 04/8/2025)", "Italic", centred=True),
    _row("TT", "Tên chỉ tiêu", "Đơn vị tính", "Chỉ tiêu", "Bộ phận theo dõi", face="Bold"),
    _row("1", "Tỷ lệ huy động trẻ 5 tuổi ra lớp mẫu giáo", "%", "99,8", "Mầm non"),
    _row("2", "Tỷ lệ học sinh hoàn thành chương trình tiểu học", "%", "≥ 99,5", "Tiểu học"),
    _row("3", "Số trường đạt chuẩn quốc gia mức độ 2 được công nhận mới", "Trường", "03", "Tổ kế hoạch"),
    _row("4", "Giáo viên đạt trình độ trên chuẩn theo Luật Giáo dục 2019", "%", "42", "Tổ chức cán bộ"),
    _row(
        "5", "Phòng học kiên cố, bán kiên cố trên tổng số phòng hiện có", "Phòng", "1.276", "Cơ sở vật chất"
    ),
    _row("6", "Thiết bị tối thiểu lớp 9 được trang bị đầy đủ, đúng quy cách", "Bộ", "214", "Thiết bị"),
    _row("7", "Học sinh khuyết tật học hòa nhập được theo dõi hồ sơ riêng", "Em", "187", "Tiểu học, THCS"),
    _row("8", "Sáng kiến kinh nghiệm được nghiệm thu cấp huyện trở lên", "Đề tài", "65", "Thi đua"),
    _row("9", "Tỷ lệ thu hồ sơ, học bạ số ký bằng chữ ký điện tử", "%", "100", "Công nghệ thông tin"),
    _row("10", "Bếp ăn bán trú có giấy chứng nhận đủ điều kiện vệ sinh", "Bếp", "58/58", "Y tế trường học"),
    Part("Ghi chú: số liệu tính đến thời điểm 31/7/2025; dấu “≥” là không thấp hơn.", "Italic"),
)

_BOLD = (
    Part("4", centred=True),
    Part("Điều 5. Quản lý, sử dụng kinh phí", "BoldItalic", 24),
    Part(
        "1. Nguồn kinh phí hỗ trợ giống cây trồng, vật nuôi, thủy sản bị thiệt hại do thiên tai, dịch bệnh "
        "thực hiện theo Nghị định số 02/2017/NĐ-CP ngày 09 tháng 01 năm 2017 của Chính phủ.",
        "Bold",
        24,
    ),
    Part("2. Hồ sơ thanh toán gồm:", "BoldItalic", 24),
    Part("+ Giấy rút dự toán ngân sách; biên bản nghiệm thu khối lượng hoàn thành;", "Italic", 24),
    Part(
        "+ Bảng kê danh sách hộ được hỗ trợ có xác nhận của trưởng thôn và chữ ký người nhận;", "Italic", 24
    ),
    Part("+ Hợp đồng mua bán, hóa đơn giá trị gia tăng, phiếu xuất kho (nếu có).", "Italic", 24),
    Part("Điều 6. Phòng ngừa, ứng phó sạt lở, lũ quét, ngập úng", "BoldItalic", 24),
    Part(
        "Thường xuyên theo dõi dự báo khí tượng thủy văn; chủ động sơ tán các hộ dân sống ven sông, suối, "
        "sườn đồi có nguy cơ sạt trượt; bố trí lực lượng trực 24/24 giờ tại các ngầm tràn, hồ đập xung yếu; "
        "chuẩn bị phương tiện, vật tư, nhu yếu phẩm theo phương châm “bốn tại chỗ”.",
        "BoldItalic",
        24,
    ),
    Part(
        "Ghi rõ họ tên, số điện thoại của người trực, gửi danh sách về Ban Chỉ huy trước 16 giờ 30 phút "
        "hằng ngày (kể cả thứ Bảy, Chủ nhật và ngày lễ).",
        "Italic",
        24,
    ),
    Part("Điều 7. Khen thưởng, kỷ luật", "BoldItalic", 24),
    Part(
        "Tập thể, cá nhân có thành tích xuất sắc được Chủ tịch Ủy ban nhân dân huyện tặng Giấy khen kèm "
        "tiền thưởng; tập thể, cá nhân thiếu trách nhiệm, để xảy ra hậu quả nghiêm trọng thì tùy tính chất, "
        "mức độ mà xử lý kỷ luật, bồi thường thiệt hại hoặc truy cứu trách nhiệm theo pháp luật.",
        indent=24,
    ),
)

OWN_PAGES: dict[str, tuple[str, float, tuple[Part, ...]]] = {
    "sans-1": ("Sans", 12.5, _SANS),
    "small-1": ("Serif", 11.0, _SMALL),
    "bold-1": ("Serif", 13.0, _BOLD),
}
"""Name of the page: family of the face, size in points, what stands on it."""
