using System.Globalization;
using Tarn.Catalog.Tables;
using Tarn.Formats.SerDes;
using Tarn.Primitives.Errors;
using Tarn.Query.Binding.Csv;
using Tarn.Query.Binding.Delimited;
using Tarn.Query.Binding.JsonLines;
using Tarn.Query.Binding.Patterns;

namespace Tarn.Query.Binding.Lines;

/// <summary>From SerDes to line formats.</summary>
internal static class LineFormats
{
    private const string HeaderLinesName = "skip.header.line.count";
    private const string FooterLinesName = "skip.footer.line.count";

    /// <summary>Throws Unsupported, naming the property, for what is not honoured.</summary>
    /// <param name="owner">Table or partition, as messages name it.</param>
    public static LineFormat Of(string owner, Table table, StorageDescriptor storage)
    {
        var properties = new SerDeProperties(owner, TableReaders.SerDeOf(owner, storage), storage.SerDeParameters);
        return properties.SerDe switch
        {
            SerDeNames.OpenXJson or SerDeNames.HiveJson => new JsonFormat(JsonSerDe.Of(owner, storage)),
            SerDeNames.LazySimple => LazySimpleFormat.Of(properties),
            SerDeNames.OpenCsv => OpenCsvFormat.Of(properties, table),
            SerDeNames.Regex => PatternFormat.OfRegex(properties),
            SerDeNames.Grok => PatternFormat.OfGrok(properties),
            var other => throw new ArgumentOutOfRangeException(nameof(storage), other, message: null),
        };
    }

    /// <summary>Lines at the beginning of every object that are no rows.</summary>
    public static int HeaderLines(Table table)
    {
        if (Count(table, FooterLinesName) > 0)
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                $"table '{table.Name}' has the property '{FooterLinesName}', which is not supported",
                hint: "filter the last lines out by WHERE") { Code = "NOT_SUPPORTED" };
        }

        return Count(table, HeaderLinesName);
    }

    private static int Count(Table table, string name)
    {
        var text = table.Parameters.GetValueOrDefault(name)
            ?? table.Storage.SerDeParameters.GetValueOrDefault(name)
            ?? "0";
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw new TarnException(
                ErrorKind.Invalid, $"property '{name}' of table '{table.Name}' is '{text}', which is no count of lines")
            {
                Code = "HIVE_INVALID_METADATA",
            };
    }
}
