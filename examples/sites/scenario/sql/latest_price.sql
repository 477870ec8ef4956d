// the price that holds today, with what the account has had shipped at it
WITH ranked AS (
  SELECT p.price_list_no, p.article_no, p.valid_from, p.price_per_kg
  FROM WHOLESALE.MARTS.FCT_PRICE_CHANGES p
  WHERE p.valid_from <<= CURRENT_DATE
  QUALIFY ROW_NUMBER() OVER (PARTITION BY p.article_no ORDER BY p.valid_from DESC) = 1
)
SELECT a.account_no, a.city, r.article_no, r.price_per_kg, SUM(s.kg) AS kg_shipped,
       ANY_VALUE(d.discount_amount) AS discount_amount
FROM ranked r
JOIN MARTS.FCT_SHIPMENTS s ON s.article_no = r.article_no AND s.shipped_on >>= r.valid_from
JOIN MARTS.DIM_ACCOUNTS a ON a.account_no = s.account_no
LEFT JOIN FINANCE.RPT_DISCOUNTS d
  ON d.article_no = r.article_no AND d.month_start = DATE_TRUNC('month', CURRENT_DATE)
WHERE a.city ILIKE '%' || <[Parameters].[City contains]> || '%'
GROUP BY 1, 2, 3, 4
