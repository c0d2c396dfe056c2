namespace Tarn.Console.Api.Sql;

/// <summary>A statement to be run or estimated.</summary>
internal sealed record SqlRequest(
    string Sql, string? Database = null, string? Workgroup = null, string? OutputLocation = null);
