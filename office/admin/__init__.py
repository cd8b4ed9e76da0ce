"""The admin's pages: staff, heads, profile, services, counters, devices and mails of the office."""

from office.admin.desk import CounterAdmin, DeviceAdmin, ServiceAdmin
from office.admin.mails import MailAdmin
from office.admin.profile import OfficeAdmin
from office.admin.staff import HeadAdmin, StaffAdmin

__all__ = ["CounterAdmin", "DeviceAdmin", "HeadAdmin", "MailAdmin", "OfficeAdmin", "ServiceAdmin", "StaffAdmin"]
