from complaints.models.complaints import Complaint, ComplaintEvent
from complaints.models.messages import ComplaintFile, ComplaintMessage
from complaints.models.terms import ComplaintTerm

__all__ = ["Complaint", "ComplaintEvent", "ComplaintFile", "ComplaintMessage", "ComplaintTerm"]
