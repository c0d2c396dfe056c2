using Tarn.Catalog.Tables;
using Tarn.DuckDb.JsonBlocks;

namespace Tarn.Delivery.Conversion;

/// <summary>Firehose's codes and messages for records that cannot be converted.</summary>
internal static class ConversionErrors
{
    public const string ParseError = "DataFormatConversion.ParseError";
    public const string MalformedData = "DataFormatConversion.MalformedData";

    public static (string Code, string Message) Of(Refusal refusal, IReadOnlyList<Column> columns) =>
        refusal.Kind switch
        {
            RefusalKind.Malformed => (ParseError, $"Encountered malformed JSON. {refusal.Reason}"),
            RefusalKind.Empty => (MalformedData, "The record was empty or contained only whitespace."),
            RefusalKind.NotAnObject => (
                MalformedData, $"Data does not match the schema. A JSON object is required: {refusal.Reason}"),
            _ => (MalformedData, $"Data does not match the schema. {Place(refusal, columns)}{refusal.Reason}"),
        };

    private static string Place(Refusal refusal, IReadOnlyList<Column> columns) => refusal.Column is { } name
        ? $"column '{name}' ({columns.First(column => column.Name == name).Type}): "
        : "";
}
