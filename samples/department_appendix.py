"""The appendix of the department's plan: a task table on landscape pages, with a header in two
rows, merged leads and groups whose rows begin again at 1."""

from __future__ import annotations

from collections.abc import Iterator

from samples.typeset.blocks import appendix_head, centred, counted, group, left
from samples.typeset.elements import Cell, Element, Row, Table

_ENVIRONMENT = "Chi cục Bảo vệ môi trường"
_PLANTS = "Chi cục Trồng trọt và Bảo vệ thực vật"


def department_appendix() -> Iterator[Element]:
    """Its title and its table."""
    yield from appendix_head(
        "PHỤ LỤC",
        ("TIẾN ĐỘ THỰC HIỆN CÁC NHIỆM VỤ NĂM 2025",),
        ("(Kèm theo Kế hoạch số 1247/KH-SNNMT ngày 14/3/2025 của Sở Nông nghiệp và Môi trường)",),
    )
    yield Table(
        widths=(38, 190, 104, 104, 98, 116, 64),
        header=_table_header(),
        rows=(*_preparation_rows(), *_collection_rows(), *_review_rows()),
        size=12,
        padding=5.5,
        repeat_header=True,
    )


def _table_header() -> tuple[Row, Row]:
    tall = [centred(name, "bold", rows=2) for name in ("STT", "Nội dung công việc")]
    ends = [centred(name, "bold", rows=2) for name in ("Thời gian", "Sản phẩm", "Ghi chú")]
    return (
        Row((*tall, centred("Đơn vị thực hiện", "bold", columns=2), None, *ends)),
        Row((None, None, centred("Chủ trì", "bold"), centred("Phối hợp", "bold"), None, None, None)),
    )


def _row(
    number: int, title: str, lead: Cell | None, support: str, time: str, product: Cell | str, note: str = ""
) -> Row:
    made = left(product) if isinstance(product, str) else product
    return Row((counted(number), left(title), lead, centred(support), centred(time), made, left(note)))


def _preparation_rows() -> Iterator[Row]:
    yield group("I", "CÔNG TÁC CHUẨN BỊ", 7)
    office = centred("Văn phòng Sở", rows=2)
    everyone = "Các phòng, đơn vị thuộc Sở"
    yield _row(
        1,
        "Thành lập Tổ công tác thực hiện Kế hoạch",
        office,
        everyone,
        "Trước ngày 31/3/2025",
        "Quyết định thành lập Tổ công tác",
    )
    yield _row(
        2,
        "Tổ chức hội nghị triển khai Kế hoạch",
        None,
        "UBND cấp xã",
        "Ngày 04/4/2025",
        "Thông báo kết luận hội nghị",
        "Trực tuyến",
    )
    yield _row(
        3,
        "Xây dựng thiết kế mẫu bể chứa bao gói thuốc BVTV",
        centred(_ENVIRONMENT),
        "Phòng Kế hoạch - Tài chính",
        "Quý I/2025",
        "Hồ sơ thiết kế mẫu",
    )


def _collection_rows() -> Iterator[Row]:
    yield group("II", "THU GOM, XỬ LÝ", 7)
    communes = centred("UBND cấp xã", rows=3)
    handover = "Biên bản giao nhận bao gói"
    yield _row(1, "Ra quân thu gom sau vụ Đông Xuân", communes, "Hội Nông dân tỉnh", "Tháng 5/2025", handover)
    yield _row(2, "Ra quân thu gom sau vụ Hè Thu", None, "Đoàn Thanh niên Sở", "Tháng 9/2025", handover)
    yield _row(
        3,
        "Cập nhật khối lượng bao gói thu gom lên phần mềm quản lý",
        None,
        "",
        "Trước ngày 25 hằng tháng",
        "Dữ liệu trên phần mềm",
    )
    yield _row(
        4,
        "Vận chuyển, tiêu hủy bao gói đã thu gom",
        centred(_ENVIRONMENT),
        "UBND cấp xã",
        "6 tháng cuối năm 2025",
        "Chứng từ chất thải nguy hại",
    )


def _review_rows() -> Iterator[Row]:
    yield group("III", "KIỂM TRA, TỔNG KẾT", 7)
    yield _row(
        1,
        "Lấy mẫu, phân tích dư lượng thuốc BVTV trong nước kênh mương nội đồng",
        centred(_PLANTS),
        _ENVIRONMENT,
        "Quý III/2025",
        "Phiếu kết quả phân tích",
    )
    yield _row(
        2,
        "Tổng kết, khen thưởng tập thể, cá nhân có thành tích",
        centred(_ENVIRONMENT),
        "Văn phòng Sở",
        "Tháng 12/2025",
        left("- Báo cáo tổng kết", "- Quyết định khen thưởng"),
    )
