"""Text with a line through it: its author took it back, as «30/6/2026» before «30/9/2026»."""

STRUCK_LEFT_OUT = "Văn bản có chữ bị gạch ngang: chữ đó không được đọc; hãy đối chiếu với bản gốc."
