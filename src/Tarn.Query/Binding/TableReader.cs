using Tarn.Catalog.Tables;
using Tarn.Formats.SerDes;
using Tarn.Primitives.Errors;

namespace Tarn.Query.Binding;

/// <summary>How a table's files are read. Decided by its SerDe, never by looking into files.</summary>
internal enum TableReader
{
    Json,
    Parquet,
}

/// <summary>From SerDe to reader.</summary>
internal static class TableReaders
{
    public static TableReader Of(Table table) => table.Storage.SerDe switch
    {
        SerDeNames.OpenXJson or SerDeNames.HiveJson => TableReader.Json,
        SerDeNames.Parquet => TableReader.Parquet,
        var other => throw new TarnException(
            ErrorKind.Unsupported,
            $"table '{table.Name}' is read by SerDe '{other}', which is not supported",
            hint: $"supported are {SerDeNames.OpenXJson}, {SerDeNames.HiveJson} and {SerDeNames.Parquet}")
        {
            Code = "HIVE_UNSUPPORTED_FORMAT",
        },
    };
}
