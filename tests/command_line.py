"""The command line on files made for a test: a plan, a decision, pages taken from the samples."""

from collections.abc import Sequence
from pathlib import Path

import pypdfium2

from pipeline.cli import main
from schemas import Plan, load_plan
from tests.converted import SAMPLES

SEED = SAMPLES / "seed"


def written(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def converted(file: Path, *options: str, code: int = 0) -> Plan:
    """The plan that the command line writes for `file`."""
    folder = file.parent / "out"
    assert main(["convert", str(file), "-o", str(folder), "--quiet", *options]) == code
    return load_plan(folder / f"{file.stem}.yaml")


def codes(plan: Plan) -> set[str]:
    return {finding.code for finding in plan.findings}


def extract(parts: Sequence[tuple[str, Sequence[int]]], path: Path) -> Path:
    """A PDF of pages (from 0) of the samples; -1 is a blank page."""
    made = pypdfium2.PdfDocument.new()
    for name, pages in parts:
        whole = pypdfium2.PdfDocument(SAMPLES / name)
        for page in pages:
            if page < 0:
                made.new_page(595, 842)
            else:
                made.import_pages(whole, [page])
        whole.close()
    made.save(path)
    made.close()
    return path


LETTERHEAD = """\
{issuer}
Số: {number}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lam Giang, ngày 12 tháng 5 năm 2025
{mark}
{type}
{title}

"""
PLAN_BODY = """\
Căn cứ Quyết định số 15/QĐ-SYT ngày 03/01/2025 của Sở Y tế về công tác năm 2025;
Trung tâm Y tế ban hành Kế hoạch như sau:

I. MỤC ĐÍCH
1. Nâng cao chất lượng khám bệnh, chữa bệnh.

II. NHIỆM VỤ
1. Kiểm tra thiết bị của các khoa.
- Đơn vị thực hiện: Phòng Vật tư
- Thời hạn: Trước ngày 30/6/2025
- Sản phẩm: Biên bản kiểm tra
2. Tập huấn cho nhân viên mới.
- Đơn vị thực hiện: Phòng Tổ chức cán bộ
- Thời hạn: Quý III/2025

III. TỔ CHỨC THỰC HIỆN
1. Phòng Vật tư: chủ trì, báo cáo Giám đốc kết quả thực hiện.

Nơi nhận:
- Sở Y tế;
- Lưu: VT.
GIÁM ĐỐC

Nguyễn Văn Bình
"""
DECISION_BODY = """\
GIÁM ĐỐC TRUNG TÂM Y TẾ
Căn cứ Quyết định số 15/QĐ-SYT ngày 03/01/2025 của Sở Y tế về công tác năm 2025;
QUYẾT ĐỊNH:
Điều 1. Thành lập Tổ kiểm tra thiết bị năm 2025 gồm các ông, bà có tên sau đây.
Điều 2. Tổ kiểm tra có nhiệm vụ kiểm tra thiết bị của các khoa, hoàn thành trước ngày 30/6/2025.
Điều 3. Phòng Vật tư, các khoa và các ông, bà có tên tại Điều 1 chịu trách nhiệm thi hành.
"""


def plan_text(mark: str = "", title: str = "Kiểm tra thiết bị năm 2025", number: str = "21/KH-TTYT") -> str:
    head = LETTERHEAD.format(issuer="TRUNG TÂM Y TẾ", number=number, mark=mark, type="KẾ HOẠCH", title=title)
    return head + PLAN_BODY


def decision_text() -> str:
    head = LETTERHEAD.format(
        issuer="TRUNG TÂM Y TẾ", number="22/QĐ-TTYT", mark="", type="QUYẾT ĐỊNH",
        title="Về việc thành lập Tổ kiểm tra thiết bị năm 2025",
    )  # fmt: skip
    return head + DECISION_BODY


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path
