namespace Tarn.Delivery.Processing;

/// <summary>The table that a record could not be converted to, as error lines name it.</summary>
internal sealed record FailureTable(
    string CatalogId, string Database, string Table, string Region, string VersionId, string CatalogArn);
