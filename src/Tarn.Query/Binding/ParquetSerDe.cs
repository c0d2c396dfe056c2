using Tarn.Catalog.Tables;
using Tarn.Formats.SerDes;
using Tarn.Query.Binding.Lines;

namespace Tarn.Query.Binding;

/// <summary>What a table of Parquet files was declared with.</summary>
internal static class ParquetSerDe
{
    private const string IndexAccess = "parquet.column.index.access";

    /// <summary>
    /// Whether its columns are the files' by position instead of by name. Throws Unsupported for a property of the
    /// SerDe that is not honoured.
    /// </summary>
    public static bool IsByPosition(string owner, Table table, StorageDescriptor storage)
    {
        var properties = new SerDeProperties(owner, SerDeNames.Parquet, storage.SerDeParameters);
        properties.RefuseOthers(IndexAccess, "serialization.format");
        return properties.IsTrue(IndexAccess)
            || (properties.Find(IndexAccess) is null
                && table.Parameters.GetValueOrDefault(IndexAccess, "")
                    .Equals("true", StringComparison.OrdinalIgnoreCase));
    }
}
