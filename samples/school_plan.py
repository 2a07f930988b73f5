"""A college's party-committee plan: Party letterhead, parts with decimals, leads in brackets,
a schedule with two date columns and an indicator table. Place and people are invented."""

from __future__ import annotations

from collections.abc import Iterator

from samples.typeset.blocks import centred, dash, group, item, left, part
from samples.typeset.elements import (
    Closing,
    Element,
    HeadLine,
    Letterhead,
    Para,
    Plan,
    Row,
    Separator,
    Table,
)

_TITLE = ("Chuyển đổi số trong dạy học và quản trị nhà trường", "giai đoạn 2025 - 2026")
_EQUIPMENT = "Phòng Quản trị - Thiết bị"
_COMPUTING = "Tổ Công nghệ thông tin"
_TRAINING = "Phòng Đào tạo"
_COUNCIL = "Hội đồng Khoa học và Đào tạo"


def school_plan() -> Plan:
    """The plan of the Party committee of an invented medical college."""
    return Plan(
        name="school",
        title="Kế hoạch chuyển đổi số trong dạy học và quản trị nhà trường giai đoạn 2025 - 2026",
        elements=(
            _letterhead(),
            Para("KẾ HOẠCH", align="centre", style="bold", size=15, before=8),
            *(Para(line, align="centre", style="bold", before=0) for line in _TITLE),
            Separator(60),
            _preamble(),
            *_goals(),
            *_tasks(),
            *_schedule(),
            *_indicators(),
            *_organisation(),
            _closing(),
        ),
        seed=37,
    )


def _letterhead() -> Letterhead:
    return Letterhead(
        left=(
            HeadLine("ĐẢNG BỘ TỈNH LAM GIANG", style="regular", size=13),
            HeadLine("ĐẢNG ỦY TRƯỜNG CAO ĐẲNG Y TẾ", size=12),
            HeadLine("*", size=13),
            HeadLine("Số: 37-KH/ĐU", style="regular", size=13),
        ),
        right=(
            HeadLine("ĐẢNG CỘNG SẢN VIỆT NAM", size=14, rule=1.0),
            HeadLine("Lam Giang, ngày 05 tháng 9 năm 2025", style="italic", size=13.5),
        ),
        share=0.48,
    )


def _preamble() -> Para:
    return Para(
        "Căn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển khoa học, công "
        "nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia; Chương trình hành động số 22-CTr/TU ngày "
        "18/3/2025 của Tỉnh ủy Lam Giang về chuyển đổi số; Hướng dẫn số 09-HD/BTGDVTU ngày 10/6/2025 của "
        "Ban Tuyên giáo và Dân vận Tỉnh ủy về chuyển đổi số trong nhà trường, Đảng ủy Trường Cao "
        "đẳng Y tế xây dựng Kế hoạch như sau:"
    )


def _goals() -> Iterator[Para]:
    yield from part("PHẦN I", "MỤC TIÊU, YÊU CẦU")
    yield item("1.", "Mục tiêu", 1, "bold", keep=True)
    yield item("1.1.", "Mục tiêu chung", 2, "bolditalic", keep=True)
    yield Para(
        "Đưa chuyển đổi số trở thành phương thức làm việc thường xuyên của Trường, nâng cao chất lượng "
        "đào tạo nhân lực y tế và chất lượng phục vụ người học."
    )
    yield item("1.2.", "Mục tiêu cụ thể", 2, "bolditalic", keep=True)
    yield dash("Đến hết năm 2025, 100% hồ sơ công việc của Trường được xử lý trên môi trường mạng.")
    yield dash("Tối thiểu 85% giảng viên sử dụng thành thạo hệ thống quản lý học tập (LMS).")
    yield dash("Ít nhất 30 học phần có bài giảng số được thẩm định trước ngày 30/6/2026.")
    yield dash("Thời gian trả kết quả giải quyết yêu cầu của người học giảm 40% so với năm 2024.")
    yield item("2.", "Yêu cầu", 1, "bold", keep=True)
    yield item(
        "2.1.",
        "Cấp ủy, chi bộ xác định rõ người chịu trách nhiệm, thời hạn và kết quả của từng nhiệm vụ.",
        2,
    )
    yield item(
        "2.2.", "Bảo đảm an toàn thông tin, bảo vệ dữ liệu cá nhân của cán bộ, giảng viên và người học.", 2
    )


def _tasks() -> Iterator[Para]:
    yield from part("PHẦN II", "NHIỆM VỤ, GIẢI PHÁP")
    yield item("1.", "Hạ tầng và nền tảng số", 1, "bold", keep=True)
    yield from _task(
        "1.1.",
        f"Nâng cấp mạng không dây tại các giảng đường và phòng thực hành ({_EQUIPMENT}).",
        "Trước ngày 15/10/2025",
        "Biên bản nghiệm thu mạng không dây",
    )
    yield from _task(
        "1.2.",
        f"Vận hành hệ thống quản lý học tập dùng chung cho toàn Trường ({_COMPUTING}).",
        "Thường xuyên",
        "Hệ thống hoạt động ổn định, có nhật ký vận hành",
    )
    yield from _task(
        "1.3.",
        f"Sao lưu dữ liệu đào tạo và kiểm tra khả năng phục hồi ({_COMPUTING}).",
        "Trước ngày 25 hằng tháng",
    )
    yield item("2.", "Học liệu và phương pháp dạy học", 1, "bold", keep=True)
    yield from _task(
        "2.1.",
        f"Xây dựng quy định về bài giảng số ({_TRAINING} chủ trì, các khoa phối hợp).",
        "Quý IV/2025",
        "Quy định về bài giảng số được ban hành",
    )
    yield from _task(
        "2.2.",
        f"Tổ chức bồi dưỡng kỹ năng xây dựng bài giảng số cho giảng viên ({_TRAINING}).",
        "Ngay sau khi quy định về bài giảng số được ban hành",
        "Danh sách giảng viên hoàn thành khóa bồi dưỡng",
    )
    yield from _task(
        "2.3.",
        f"Thẩm định bài giảng số do các khoa đề nghị ({_COUNCIL}).",
        "15 ngày làm việc kể từ ngày nhận đủ hồ sơ",
        "Biên bản thẩm định",
    )
    yield from _task("2.4.", "Thi thiết kế bài giảng số cấp trường (Công đoàn Trường).", "Đầu năm học")
    yield item("3.", "Quản trị nhà trường", 1, "bold", keep=True)
    yield from _task(
        "3.1.",
        "Thực hiện chữ ký số đối với văn bản hành chính của Trường (Phòng Tổ chức - Hành chính).",
        "Từ tháng 11/2025 trở đi",
    )
    yield from _task(
        "3.2.",
        "Khảo sát sự hài lòng của người học đối với dịch vụ trực tuyến (Phòng Công tác sinh viên).",
        "Định kỳ hằng quý",
        "Báo cáo khảo sát",
    )
    yield from _task(
        "3.3.",
        "Giám sát việc thực hiện Kế hoạch tại các chi bộ (Ủy ban Kiểm tra Đảng ủy).",
        "Theo chương trình kiểm tra, giám sát của Đảng ủy",
    )


def _task(label: str, text: str, time: str, result: str = "") -> Iterator[Para]:
    """A task with its lead in a final bracket, its time and result as dash items."""
    yield item(label, text, 2)
    yield dash(f"Thời hạn: {time}.")
    if result:
        yield dash(f"Kết quả: {result}.")


def _schedule() -> Iterator[Element]:
    yield from part("PHẦN III", "LỊCH TRIỂN KHAI")
    rows = (
        ("Rà soát thiết bị, đường truyền", _EQUIPMENT, "10/9/2025", "30/9/2025"),
        ("Tập huấn sử dụng LMS cho giảng viên", _COMPUTING, "06/10/2025", "31/10/2025"),
        ("Xây dựng bài giảng số đợt 1", "Các khoa", "03/11/2025", "31/01/2026"),
        ("Thẩm định, nghiệm thu bài giảng số", _COUNCIL, "02/02/2026", "27/3/2026"),
        (
            "Đánh giá kết quả, đề xuất khen thưởng",
            "Đồng chí Phó Bí thư Đảng ủy",
            "01/6/2026",
            "30/6/2026",
        ),
    )
    yield Table(
        widths=(30, 168, 126, 72, 72),
        header=(_header("TT", "Nội dung công việc", "Người thực hiện", "Bắt đầu", "Kết thúc"),),
        rows=tuple(
            Row((centred(str(number)), left(work), centred(who), centred(begin), centred(end)))
            for number, (work, who, begin, end) in enumerate(rows, 1)
        ),
        size=13,
        padding=4.5,
    )


def _indicators() -> Iterator[Element]:
    yield from part("PHẦN IV", "CHỈ TIÊU")
    rows = (
        ("A", "Hạ tầng, nền tảng số"),
        ("Tỷ lệ phòng học có kết nối mạng không dây", "%", "100", _EQUIPMENT),
        ("Thời gian gián đoạn hệ thống trong năm", "giờ", "Không quá 12", _COMPUTING),
        ("Số máy tính phục vụ thực hành", "máy", "1.250", _EQUIPMENT),
        ("B", "Dạy học và quản trị"),
        ("Tỷ lệ giảng viên sử dụng LMS thường xuyên", "%", "≥ 85", _TRAINING),
        ("Số học phần có bài giảng số", "học phần", "Ít nhất 30", "Các khoa"),
        ("Điểm hài lòng trung bình của người học", "điểm", "Tối thiểu 4,2", "Phòng Công tác sinh viên"),
    )
    yield Table(
        widths=(30, 180, 56, 84, 118),
        header=(_header("TT", "Chỉ tiêu", "Đơn vị tính", "Mục tiêu năm 2026", "Đơn vị chủ trì"),),
        rows=tuple(_indicator_rows(rows)),
        size=13,
        padding=4.5,
    )


def _indicator_rows(rows: tuple[tuple[str, ...], ...]) -> Iterator[Row]:
    """The numbers run on under the groups A and B."""
    number = 0
    for row in rows:
        if len(row) == 2:
            yield group(row[0], row[1], 5)
            continue
        number += 1
        name, unit, target, lead = row
        yield Row((centred(str(number)), left(name), centred(unit), centred(target), centred(lead)))


def _header(*names: str) -> Row:
    return Row(tuple(centred(name, "bold") for name in names))


def _organisation() -> Iterator[Para]:
    yield from part("PHẦN V", "TỔ CHỨC THỰC HIỆN")
    yield item(
        "1.",
        "Ban Thường vụ Đảng ủy lãnh đạo, chỉ đạo việc thực hiện Kế hoạch; định kỳ 6 tháng nghe báo cáo kết "
        "quả và cho ý kiến chỉ đạo.",
        1,
    )
    yield item(
        "2.",
        "**Các chi bộ trực thuộc:** Quán triệt Kế hoạch đến toàn thể đảng viên; đưa kết quả thực hiện vào "
        "nội dung sinh hoạt chi bộ hằng tháng.",
        1,
    )
    yield item(
        "3.",
        "Giao Văn phòng Đảng ủy theo dõi, đôn đốc, tổng hợp tình hình thực hiện, báo cáo Ban "
        "Thường vụ Đảng ủy.",
        1,
    )
    yield Para(
        "Trên đây là Kế hoạch chuyển đổi số trong dạy học và quản trị nhà trường giai đoạn 2025 - 2026, "
        "yêu cầu các chi bộ, các đơn vị nghiêm túc tổ chức thực hiện."
    )


def _closing() -> Closing:
    return Closing(
        heading="**//Nơi nhận://**",
        recipients=(
            "- Tỉnh ủy Lam Giang (để báo cáo),",
            "- Ban Tuyên giáo và Dân vận Tỉnh ủy,",
            "- Các đồng chí Đảng ủy viên,",
            "- Các chi bộ trực thuộc,",
            "- Các phòng, khoa, tổ,",
            "- Lưu Văn phòng Đảng ủy.",
        ),
        authority=("T/M ĐẢNG ỦY", "BÍ THƯ"),
        name="Hoàng Thị Mai Lan",
        name_beside=5,
    )
