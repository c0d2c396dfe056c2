using Tarn.Catalog.Tables;
using Tarn.Formats.SerDes;
using Tarn.Primitives.Errors;

namespace Tarn.Query.Binding;

/// <summary>How files are read. Decided by what was declared, never by looking into files.</summary>
internal enum TableReader
{
    /// <summary>Text, a row a line; the SerDe says how a line is taken apart.</summary>
    Lines,
    Parquet,
    Avro,
}

/// <summary>From SerDe and input format to reader.</summary>
internal static class TableReaders
{
    private static readonly Dictionary<string, TableReader> BySerDe = new(StringComparer.Ordinal)
    {
        [SerDeNames.OpenXJson] = TableReader.Lines,
        [SerDeNames.HiveJson] = TableReader.Lines,
        [SerDeNames.LazySimple] = TableReader.Lines,
        [SerDeNames.OpenCsv] = TableReader.Lines,
        [SerDeNames.Regex] = TableReader.Lines,
        [SerDeNames.Grok] = TableReader.Lines,
        [SerDeNames.Parquet] = TableReader.Parquet,
        [SerDeNames.Avro] = TableReader.Avro,
    };

    private static readonly Dictionary<string, (TableReader Reader, string SerDe)> ByInput = new(StringComparer.Ordinal)
    {
        [SerDeNames.TextInputFormat] = (TableReader.Lines, SerDeNames.LazySimple),
        [SerDeNames.ParquetInputFormat] = (TableReader.Parquet, SerDeNames.Parquet),
        [SerDeNames.AvroInputFormat] = (TableReader.Avro, SerDeNames.Avro),
    };

    /// <summary>Throws Unsupported with code HIVE_UNSUPPORTED_FORMAT, naming the class.</summary>
    /// <param name="owner">Table or partition, as messages name it.</param>
    public static TableReader Of(string owner, StorageDescriptor storage)
    {
        var serDe = SerDeOf(owner, storage);
        if (!BySerDe.TryGetValue(serDe, out var reader))
        {
            throw Unsupported(owner, "SerDe", serDe, BySerDe.Keys);
        }

        if (storage.InputFormat.Length == 0)
        {
            return reader;
        }

        if (!ByInput.TryGetValue(storage.InputFormat, out var input))
        {
            throw Unsupported(owner, "input format", storage.InputFormat, ByInput.Keys);
        }

        return input.Reader == reader
            ? reader
            : throw new TarnException(
                ErrorKind.Unsupported,
                $"{owner} has SerDe '{serDe}', which does not go with its input format '{storage.InputFormat}'")
            {
                Code = "HIVE_UNSUPPORTED_FORMAT",
            };
    }

    /// <summary>The SerDe, or the one that the input format stands for when none is declared.</summary>
    public static string SerDeOf(string owner, StorageDescriptor storage)
    {
        if (storage.SerDe.Length > 0)
        {
            return storage.SerDe;
        }

        return ByInput.TryGetValue(storage.InputFormat, out var input)
            ? input.SerDe
            : throw Unsupported(owner, "input format", storage.InputFormat, ByInput.Keys);
    }

    private static TarnException Unsupported(string owner, string what, string name, IEnumerable<string> known) => new(
        ErrorKind.Unsupported,
        $"{owner} is read by {what} '{name}', which is not supported",
        hint: $"supported are {string.Join(", ", known)}")
    {
        Code = "HIVE_UNSUPPORTED_FORMAT",
    };
}
