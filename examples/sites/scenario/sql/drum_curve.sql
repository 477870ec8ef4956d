SELECT TOP (5000) m.[MachineName], r.[ReadAt], r.[DrumCelsius],
       AVG(r.[DrumCelsius]) OVER (PARTITION BY r.[MachineId] ORDER BY r.[ReadAt] ROWS BETWEEN 9 PRECEDING AND CURRENT ROW) AS Smoothed
FROM [dbo].[DrumReadings] AS r WITH (NOLOCK)
CROSS APPLY (SELECT x.[MachineName] FROM [dbo].[Machines] AS x WHERE x.[MachineId] = r.[MachineId]) AS m
WHERE r.[ReadAt] >>= DATEADD(hour, -8, SYSUTCDATETIME())
