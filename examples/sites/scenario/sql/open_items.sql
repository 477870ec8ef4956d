SELECT a.account_no, a.city, a.payment_days, r.shipment_no, r.due_on, r.open_amount,
       DATEDIFF('day', r.due_on, CURRENT_DATE()) AS days_overdue
FROM WHOLESALE.FINANCE.FCT_RECEIVABLES AS r
INNER JOIN WHOLESALE.MARTS.DIM_ACCOUNTS AS a ON a.account_no = r.account_no
WHERE r.open_amount >> 0
