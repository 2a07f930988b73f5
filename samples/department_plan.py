"""A provincial department's plan: Căn cứ lines, fields in one line, joint first section,
a task table on a landscape page with merged leads. Place and people are invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from samples.department_appendix import department_appendix
from samples.typeset.blocks import dash, item, section
from samples.typeset.elements import (
    Closing,
    HeadLine,
    Letterhead,
    NewPage,
    Para,
    Plan,
    Separator,
)

_TITLE = ("Thu gom, xử lý bao gói thuốc bảo vệ thực vật sau sử dụng", "trên địa bàn tỉnh Lam Giang năm 2025")
_ENVIRONMENT = "Chi cục Bảo vệ môi trường"
_PLANTS = "Chi cục Trồng trọt và Bảo vệ thực vật"


def department_plan() -> Plan:
    """The plan of the Department of Agriculture and Environment of an invented province."""
    return Plan(
        name="department",
        title="Kế hoạch thu gom, xử lý bao gói thuốc bảo vệ thực vật sau sử dụng năm 2025",
        elements=(
            _letterhead(),
            Para("KẾ HOẠCH", align="centre", style="bold", before=8),
            *(Para(line, align="centre", style="bold", before=0) for line in _TITLE),
            Separator(),
            *(replace(para, size=13) for para in _body()),
            _closing(),
            NewPage(landscape=True),
            *department_appendix(),
        ),
        seed=1247,
        numbered=True,
    )


def _letterhead() -> Letterhead:
    return Letterhead(
        left=(
            HeadLine("UBND TỈNH LAM GIANG", style="regular", size=12.5),
            HeadLine("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", size=12, rule=0.35),
            HeadLine("Số: 1247/KH-SNNMT", style="regular", size=13),
        ),
        right=(
            HeadLine("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=11.5),
            HeadLine("Độc lập - Tự do - Hạnh phúc", size=13, rule=1.0),
            HeadLine("Lam Giang, ngày 14 tháng 3 năm 2025", style="italic", size=13),
        ),
        share=0.45,
    )


def _body() -> Iterator[Para]:
    yield from _preamble()
    yield from _purpose()
    yield from _tasks()
    yield from _organisation()


def _preamble() -> Iterator[Para]:
    for basis in (
        "Căn cứ Luật Bảo vệ môi trường số 72/2020/QH14 ngày 17 tháng 11 năm 2020;",
        "Căn cứ Nghị định số 08/2022/NĐ-CP ngày 10 tháng 01 năm 2022 của Chính phủ về quản lý chất thải "
        "và kiểm soát ô nhiễm; Nghị định số 05/2025/NĐ-CP ngày 06 tháng 01 năm 2025 của Chính phủ sửa "
        "đổi, bổ sung một số điều của Nghị định số 08/2022/NĐ-CP;",
        "Căn cứ Nghị quyết số 18-NQ/TU ngày 20 tháng 12 năm 2021 của Tỉnh ủy Lam Giang về tăng cường bảo "
        "vệ môi trường nông thôn giai đoạn 2021 - 2025;",
        "Căn cứ Quyết định số 215/QĐ-UBND ngày 11 tháng 02 năm 2025 của UBND tỉnh Lam Giang về việc giao "
        "chỉ tiêu bảo vệ môi trường năm 2025;",
        "Thực hiện Công văn số 884/UBND-KTN ngày 28/02/2025 của UBND tỉnh Lam Giang về việc đẩy mạnh thu "
        "gom chất thải nguy hại trong sản xuất nông nghiệp.",
    ):
        yield Para(basis, style="italic")
    yield Para(
        "Sở Nông nghiệp và Môi trường ban hành Kế hoạch thu gom, xử lý bao gói thuốc bảo vệ thực vật (BVTV) "
        "sau sử dụng trên địa bàn tỉnh Lam Giang năm 2025 như sau:"
    )


def _purpose() -> Iterator[Para]:
    yield section("I.", "MỤC ĐÍCH, YÊU CẦU")
    yield item("1.", "Mục đích", 1, "bold", keep=True)
    yield dash(
        "Nâng cao nhận thức, trách nhiệm của người sản xuất, tổ chức và chính quyền cơ sở trong việc thu "
        "gom, xử lý bao gói thuốc BVTV sau sử dụng; từng bước hình thành thói quen không vứt bỏ bao gói "
        "thuốc BVTV ra đồng ruộng, kênh mương."
    )
    yield dash(
        "Hạn chế ô nhiễm đất, nước và bảo vệ sức khỏe cộng đồng tại các vùng sản xuất nông nghiệp tập "
        "trung của tỉnh."
    )
    yield item("2.", "Yêu cầu", 1, "bold", keep=True)
    yield dash("Các nhiệm vụ phải xác định rõ đơn vị chủ trì, thời gian và sản phẩm hoàn thành.")
    yield dash(
        "Việc thu gom, vận chuyển, xử lý phải tuân thủ quy định về quản lý chất thải nguy hại, bảo đảm an "
        "toàn cho người lao động."
    )
    yield section("II.", "MỤC TIÊU")
    yield dash("Thu gom tối thiểu 75% khối lượng bao gói thuốc BVTV phát sinh trong năm 2025.")
    yield dash(
        "Xử lý trên 12,5 tấn bao gói thuốc BVTV tại cơ sở có giấy phép môi trường trước ngày 30/11/2025."
    )
    yield dash("100% xã, phường có vùng sản xuất nông nghiệp ban hành quy chế quản lý bể chứa bao gói.")
    yield dash("Tỷ lệ mẫu nước kênh mương nội đồng có dư lượng thuốc BVTV vượt giới hạn không quá 5%.")


def _tasks() -> Iterator[Para]:
    yield section("III.", "NHIỆM VỤ, GIẢI PHÁP")
    yield item("1.", "Tuyên truyền, tập huấn", 1, "bold", keep=True)
    yield item(
        "a)",
        "Biên soạn, in và phát hành tờ gấp, áp phích hướng dẫn thu gom bao gói thuốc BVTV sau sử dụng đến "
        "hộ sản xuất.",
        2,
    )
    yield _fields("Trung tâm Khuyến nông", "Hội Nông dân tỉnh, UBND cấp xã", "trước ngày 15/5/2025")
    yield item(
        "b)",
        "Tổ chức tập huấn quy trình thu gom, phân loại và lưu chứa bao gói thuốc BVTV cho cán bộ cấp xã, tổ "
        "hợp tác và hợp tác xã.",
        2,
    )
    yield _fields(
        _PLANTS,
        "Trung tâm Khuyến nông, Liên minh Hợp tác xã tỉnh",
        "Quý II/2025",
        "Báo cáo kết quả các lớp tập huấn",
    )
    yield item(
        "c)", "Xây dựng chuyên mục về thu gom bao gói thuốc BVTV trên sóng phát thanh, truyền hình tỉnh.", 2
    )
    yield _fields("Văn phòng Sở", "Đài Phát thanh và Truyền hình tỉnh", "Thường xuyên trong năm 2025")
    yield item("2.", "Đầu tư, quản lý bể chứa", 1, "bold", keep=True)
    yield item(
        "a)",
        "Rà soát số lượng, vị trí bể chứa hiện có và xác định nhu cầu xây dựng mới tại từng xứ đồng.",
        2,
    )
    yield _fields(
        _ENVIRONMENT,
        "UBND cấp xã",
        "Từ ngày 01/4/2025 đến ngày 30/4/2025",
        "Danh mục vị trí bể chứa được phê duyệt",
    )
    yield item("b)", "Xây dựng, lắp đặt bể chứa bao gói thuốc BVTV theo thiết kế mẫu.", 2)
    yield _fields(
        "UBND cấp xã",
        f"{_ENVIRONMENT}, {_PLANTS}",
        "Tháng 5 - 9/2025",
        "Biên bản nghiệm thu, bàn giao bể chứa",
    )
    yield item("c)", "Ban hành quy chế quản lý, sử dụng bể chứa tại cộng đồng dân cư.", 2)
    yield _fields("UBND cấp xã", "", "20 ngày làm việc sau khi nghiệm thu bể chứa")
    yield from _collection_tasks()
    yield item(
        "4.",
        "Kiểm tra việc quản lý bể chứa, thu gom và xử lý bao gói thuốc BVTV tại các xã, phường",
        1,
        "bold",
        keep=True,
    )
    yield _fields(
        "Phòng Pháp chế", f"{_ENVIRONMENT}, {_PLANTS}", "Quý III - Quý IV/2025", "Kết luận kiểm tra"
    )
    yield section("IV.", "KINH PHÍ THỰC HIỆN")
    yield Para(
        "Kinh phí thực hiện được bố trí trong dự toán chi sự nghiệp bảo vệ môi trường theo Quyết định số "
        "3390/QĐ-UBND ngày 25/12/2024 của UBND tỉnh Lam Giang và các nguồn huy động hợp pháp khác."
    )


def _collection_tasks() -> Iterator[Para]:
    """The third group prints its fields one a line, with dashes."""
    yield item("3.", "Thu gom, vận chuyển và xử lý", 1, "bold", keep=True)
    yield item(
        "a)",
        "Thu gom, vận chuyển bao gói thuốc BVTV từ bể chứa về điểm lưu chứa tạm thời của xã, phường.",
        2,
    )
    yield dash("Đơn vị chủ trì: UBND cấp xã.")
    yield dash("Đơn vị phối hợp: Hội Nông dân tỉnh, Đoàn Thanh niên Sở.")
    yield dash("Thời gian thực hiện: Định kỳ hằng tháng.")
    yield dash("Sản phẩm: Sổ theo dõi khối lượng bao gói thu gom.")
    yield item("b)", "Lựa chọn, ký hợp đồng với đơn vị có chức năng xử lý chất thải nguy hại.", 2)
    yield dash(f"Đơn vị chủ trì: {_ENVIRONMENT}.")
    yield dash("Đơn vị phối hợp: Phòng Kế hoạch - Tài chính.")
    yield dash("Thời gian thực hiện: Ngay sau khi dự toán được phê duyệt.")
    yield dash("Sản phẩm: Hợp đồng xử lý chất thải nguy hại.")


def _fields(lead: str, support: str, time: str, product: str = "") -> Para:
    """All fields of a task in one paragraph, parted by semicolons."""
    fields = [f"Đơn vị chủ trì: {lead}"]
    if support:
        fields.append(f"Đơn vị phối hợp: {support}")
    fields.append(f"Thời gian hoàn thành: {time}")
    if product:
        fields.append(f"Sản phẩm: {product}")
    return Para("; ".join(fields) + ".")


def _organisation() -> Iterator[Para]:
    yield section("V.", "TỔ CHỨC THỰC HIỆN")
    yield item("1.", _ENVIRONMENT, 1, "bold", keep=True)
    yield dash("Là đầu mối tham mưu, theo dõi, đôn đốc việc thực hiện Kế hoạch.")
    yield dash("Tổng hợp kết quả thực hiện, báo cáo Giám đốc Sở trước ngày 20/12/2025.")
    yield item(
        "2.",
        "**Phòng Kế hoạch - Tài chính:** Thẩm định dự toán, hướng dẫn thanh quyết toán kinh phí thực hiện Kế "
        "hoạch theo quy định.",
        1,
    )
    yield item(
        "3.",
        "Các phòng, đơn vị thuộc Sở căn cứ nhiệm vụ được giao xây dựng kế hoạch chi tiết, gửi Chi cục Bảo vệ "
        "môi trường để theo dõi.",
        1,
    )
    yield item(
        "4.",
        "**UBND cấp xã:** Bố trí quỹ đất xây dựng bể chứa; phân công người phụ trách, thông báo lịch thu gom "
        "đến từng thôn, tổ dân phố.",
        1,
    )
    yield Para(
        "Trên đây là Kế hoạch thu gom, xử lý bao gói thuốc BVTV sau sử dụng trên địa bàn tỉnh Lam Giang năm "
        "2025. Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các đơn vị báo cáo Giám đốc Sở (qua "
        "Chi cục Bảo vệ môi trường) để xem xét, chỉ đạo./."
    )


def _closing() -> Closing:
    return Closing(
        recipients=(
            "- UBND tỉnh Lam Giang (để b/c);",
            "- Giám đốc, các PGĐ Sở;",
            "- UBND các xã, phường (để p/h);",
            "- Các phòng, đơn vị thuộc Sở (để t/h);",
            "- Cổng thông tin điện tử Sở;",
            "- Lưu: VT, BVMT.",
        ),
        authority=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
        name="Vũ Đình Khải",
        name_beside=5,
    )
