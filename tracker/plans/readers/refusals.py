"""The sentences that refuse a file: what is wrong with it, and what to do next."""

EMPTY = "Tệp này trống. Hãy kiểm tra và tải lên lại tệp đầy đủ."
NO_TEXT = "Không thấy chữ nào trong tệp này. Hãy kiểm tra và tải lên lại tệp đầy đủ."
TOO_LARGE = "Tệp này lớn hơn {limit} MB. Hãy tách phần kế hoạch và phụ lục ra một tệp riêng rồi tải lên lại."
UNKNOWN_KIND = "Chưa đọc được loại tệp này. Hãy tải lên tệp .pdf, .docx, .xlsx, .odt, .html, .md hoặc .txt."
MISNAMED = "Tệp có đuôi {suffix} nhưng nội dung là {kind}. Hãy đặt lại đúng đuôi tệp rồi tải lên lại."
NOT_A_FILE = "Không có tệp này hoặc đây là một thư mục. Hãy chọn một tệp."
BROKEN = "Tệp này bị hỏng hoặc chưa tải đủ. Hãy mở tệp trên máy, lưu lại rồi tải lên lần nữa."
LOCKED = "Tệp này được khóa bằng mật khẩu. Hãy mở tệp, bỏ mật khẩu rồi tải lên lại."
UNSAFE = "Tệp này có cấu trúc bất thường nên không được mở. Hãy lưu lại nội dung thành tệp mới rồi tải lên."
TOO_HEAVY = "Tệp này quá lớn hoặc quá phức tạp để đọc. Hãy tách phần kế hoạch và phụ lục ra một tệp riêng."
TOO_SLOW = "Đọc tệp này mất quá nhiều thời gian. Hãy tách phần kế hoạch và phụ lục ra một tệp riêng."
TCVN3 = "Văn bản này gõ bằng phông chữ cũ (TCVN3, .VnTime). Hãy chuyển sang phông Unicode rồi tải lên lại."
NOT_TEXT = (
    "Nội dung tệp này không phải là văn bản. Hãy tải lên tệp .pdf, .docx, .xlsx, .odt, .html, .md hoặc .txt."
)
UNKNOWN_ENCODING = "Không nhận ra bảng mã chữ của tệp này. Hãy mở tệp, lưu lại với bảng mã UTF-8 rồi tải lên."
SCANNED = (
    "Văn bản này là bản chụp, chưa đọc được chữ. Hãy tải bản có chữ (PDF ký số, .docx), hoặc nhờ quản trị "
    "cài phần nhận dạng chữ (gói tùy chọn [ocr] và tesseract-ocr-vie)."
)
NEEDS_OFFICE = (
    "Máy chủ chưa cài LibreOffice để đọc tệp này. Hãy mở tệp, lưu lại thành .docx hoặc .xlsx rồi tải lên."
)
NO_LETTERS = (
    "Phông chữ trong tệp PDF này không cho biết chữ nào là chữ nào. Hãy tải bản .docx hoặc xuất lại tệp PDF."
)
