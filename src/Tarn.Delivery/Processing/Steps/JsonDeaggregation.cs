using System.Text.Json;

namespace Tarn.Delivery.Processing.Steps;

/// <summary>
/// Makes a record of each JSON object of a record that holds them one after another
/// (https://docs.aws.amazon.com/firehose/latest/dev/dynamic-partitioning-multirecord-deaggergation.html). A record that
/// holds anything else, such as an array of objects, fails as a whole.
/// </summary>
internal sealed class JsonDeaggregation : IRecordFlow
{
    private static readonly JsonReaderOptions Options = new() { AllowMultipleValues = true, MaxDepth = 1000 };

    public ValueTask RunAsync(IReadOnlyList<FlowRecord> input, FlowOutput output, CancellationToken cancellation)
    {
        var deaggregated = new Deaggregated(output);
        foreach (var record in input)
        {
            if (FindObjects(record.Data, deaggregated) is { } fault)
            {
                deaggregated.Fail(record, fault);
            }
            else
            {
                deaggregated.Pass(record);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Null, or why the bytes are not JSON objects one after another.</summary>
    private static string? FindObjects(ReadOnlyMemory<byte> data, Deaggregated deaggregated)
    {
        var reader = new Utf8JsonReader(data.Span, isFinalBlock: true, new JsonReaderState(Options));
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.StartObject)
                {
                    return $"not a JSON object at byte {reader.TokenStartIndex}";
                }

                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                deaggregated.Add(data[start..(int)reader.BytesConsumed]);
            }

            return null;
        }
        catch (JsonException)
        {
            return $"not JSON at byte {reader.BytesConsumed}";
        }
    }
}
