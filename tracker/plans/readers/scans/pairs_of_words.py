"""Words of two syllables as plans write them: what recognition can check the marks of its letters by."""

KNOWN = """
an ninh, ban hành, biên giới, biểu dương, báo cáo, bình đẳng, bảo hiểm, bảo trợ, bảo vệ, bảo đảm, bất cập,
bất hợp, bất động, bền vững, bố trí, bồi dưỡng, bổ sung, bộ trưởng, cao đẳng, chi phí, chi tiết, chiến lược,
chuyên môn, chuyên mục, chuyên trách, chuyên đề, chuyển giao, chuyển đổi, chuẩn hóa, chính phủ, chính quyền,
chính sách, chính thức, chính trị, chương trình, chấm điểm, chồng lấn, chất lượng, chất thải, chế độ, chỉ
số, chỉ đạo, chủ lực, chủ trì, chủ trương, chủ tịch, chủ động, chứng thực, cung cấp, các cấp, cán bộ, có
thẩm, công an, công bố, công chức, công cụ, công nghệ, công thương, công tác, căn cứ, cơ chế, cơ cấu, cơ
quan, cạnh tranh, cải cách, cải thiện, cảnh báo, cấp có, cấp phép, cấp tỉnh, cấp xã, cấp ủy, cẩm nang, cập
nhật, cắt giảm, cộng đồng, cụ thể, diễn đàn, diện tích, doanh nghiệp, du lịch, dân chủ, dân cư, dân phố, dân
tộc, dịch bệnh, dịch vụ, dữ liệu, dự thảo, dự án, giai đoạn, gian hàng, giao thông, giá trị, giám sát, giám
đốc, giáo dục, giải pháp, giải quyết, giảm nghèo, giấy phép, giới thiệu, hiện hành, hiện trạng, hiện đại,
hiệu lực, hiệu quả, hoàn thiện, hoàn thành, hoạt động, huy động, hàng hóa, hành chính, hành vi, hình thành,
hình thức, hòa giải, hóa đơn, hướng dẫn, hạ tầng, hạn chế, hải quan, hệ thống, hồ sơ, hỗ trợ, hộ tịch, hội
nghị, hội nhập, hội thảo, hội đồng, hợp lý, hợp tác, hợp đồng, khai thác, khen thưởng, khiếu nại, khu vực,
khuyến khích, khó khăn, khả năng, khảo sát, khẩn trương, khắc phục, khởi nghiệp, kinh doanh, kinh phí, kinh
tế, kiến nghị, kiến thức, kiểm soát, kiểm tra, kiểm định, kế hoạch, kế thừa, kết hợp, kết luận, kết nối, kết
quả, kịp thời, kỷ luật, kỹ năng, kỹ thuật, lao động, liên kết, liên quan, liên thông, lâm nghiệp, lãnh đạo,
lĩnh vực, lồng ghép, lực lượng, minh bạch, mua sắm, mô hình, môi trường, mạng lưới, mặt trận, mở rộng, mục
tiêu, nghiên cứu, nghiệp vụ, nghĩa vụ, nghị quyết, nghị định, ngoại giao, nguyên tắc, nguồn lực, ngành nghề,
ngân hàng, ngân sách, ngăn chặn, người dân, nhiệm vụ, nhà nước, nhà trường, nhân dân, nhân lực, nhận thức,
nhập khẩu, niêm yết, nâng cao, nông dân, nông nghiệp, nông thôn, năng lực, nền tảng, nội dung, nội vụ, pháp
luật, pháp lý, phát huy, phát sinh, phát triển, phân công, phân cấp, phân loại, phân tích, phê duyệt, phòng
chống, phòng ngừa, phù hợp, phương thức, phương tiện, phương án, phạm vi, phản biện, phản ánh, phối hợp, phổ
biến, phụ nữ, phục vụ, quan điểm, quy chuẩn, quy chế, quy hoạch, quy mô, quy trình, quy định, quyết định,
quán triệt, quản lý, quản trị, quảng bá, quốc gia, quốc hội, quốc phòng, quốc tế, rà soát, sinh thái, sinh
viên, sáng tạo, sơ kết, sản phẩm, sản xuất, sắp xếp, số hóa, số liệu, sở hữu, sức khỏe, sử dụng, sửa đổi,
tham gia, tham mưu, thanh niên, thanh toán, thanh tra, theo dõi, thi hành, thiên tai, thiết bị, thu hút,
thuyết minh, thuận lợi, thành lập, thành phố, thành tích, thành viên, thách thức, thí điểm, thông qua, thông
tin, thông tấn, thông tư, thúc đẩy, thương hiệu, thương mại, thường xuyên, thẩm quyền, thẩm tra, thẩm định,
thế giới, thể chế, thể thao, thị trường, thống kê, thống nhất, thời gian, thời hạn, thời điểm, thủ tướng,
thủ tục, thủy lợi, thực hiện, thực phẩm, thực tiễn, thực trạng, thực tế, tinh giản, tinh gọn, tiêu chuẩn,
tiêu chí, tiêu điểm, tiến độ, tiếp cận, tiếp nhận, tiếp thu, tiếp tục, tiết kiệm, tiềm năng, toàn cầu, toàn
diện, tranh chấp, triển khai, trung tâm, trung ương, truy xuất, truyền hình, truyền thông, trách nhiệm,
trình tự, trật tự, trọng tâm, trụ sở, trực thuộc, trực tuyến, tuyên truyền, tuyển dụng, tài chính, tài liệu,
tài nguyên, tài sản, tăng cường, tư pháp, tập huấn, tập thể, tập trung, tập đoàn, tổ chức, tổ quốc, tổng
hợp, tổng kết, tổng rà, tổng số, tổng thể, tội phạm, tờ trình, tỷ lệ, vi phạm, viên chức, viễn thông, việc
làm, văn bản, văn hóa, văn minh, văn phòng, vướng mắc, vấn đề, vận hành, vật liệu, về việc, xuất bản, xuất
khẩu, xác minh, xác thực, xác định, xây dựng, xã hội, xúc tiến, xếp hạng, xử lý, y tế, yêu cầu, yếu tố, ý
kiến, điều chỉnh, điều kiện, điển hình, điện tử, đào tạo, đánh giá, đáp ứng, đô thị, đôn đốc, đơn giản, đơn
vị, đường bộ, đường sắt, đại biểu, đại diện, đại học, đảm bảo, đảng viên, đất nước, đất đai, đấu giá, đấu
thầu, đầu mối, đầu tư, đầy đủ, đẩy mạnh, đặc biệt, đặc thù, đề nghị, đề tài, đề xuất, đề án, địa bàn, địa
chính, địa phương, địa điểm, định danh, định hướng, định kỳ, đối ngoại, đối thoại, đối tượng, đồng bộ, đổi
mới, độc lập, đội ngũ, động viên, đột phá, ưu tiên, ưu đãi, ủy ban, ủy viên, ứng dụng, ứng phó
"""

# What differs from a known pair by its marks alone and is written too, often across the end of two words:
# «bắt đầu từ», «tuần đầu mỗi tháng», «xã, phường thực hiện».
OTHERS = """
biển giới, bất đồng, chi đào, chuyển đề, chuyển để, chống lấn, công ăn, có chế, có cấu, có cầu, cùng cấp,
cấp nhất, cộng tác, diện từ, do thị, dân cử, dân phổ, gian hằng, giao thống, hai quan, hóa giải, mỗi trường,
mỗi trưởng, mức tiêu, người dẫn, nhân thực, năng cao, nên tăng, nơi dùng, phường an, phường thực, phần công,
sở kết, số kết, thiên tài, thiếu số, thành niên, thúc tiến, thông từ, thống tin, thể giới, thể thảo, trình
từ, truyền thống, tuyến dùng, tái sản, xuất bàn, điện từ, đơn độc, đạo tạo, đầu mỗi, đầu từ, để an, để nghỉ,
để tài, để xuất, động bố, động bộ
"""
