namespace Tarn.Sql.Tree;

/// <summary>STORED AS: a format's name in upper case such as PARQUET, or the two classes.</summary>
public sealed record StorageFormat(string? Name, string? InputFormat, string? OutputFormat);
