using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Tarn.Delivery.Processing.Steps;

/// <summary>
/// Leaves of a subscription record of CloudWatch Logs the messages of its events, a line feed after each
/// (https://docs.aws.amazon.com/firehose/latest/dev/Message_extraction.html). Control messages, which CloudWatch sends
/// to see whether anybody listens, are left out.
/// </summary>
internal sealed class LogMessages : IRecordFlow
{
    public ValueTask RunAsync(IReadOnlyList<FlowRecord> input, FlowOutput output, CancellationToken cancellation)
    {
        foreach (var record in input)
        {
            try
            {
                using var envelope = JsonDocument.Parse(record.Data);
                var messages = new ArrayBufferWriter<byte>(record.Data.Length);
                switch (ReadMessages(envelope.RootElement, messages))
                {
                    case "DATA_MESSAGE":
                        output.Records.Add(record with { Data = messages.WrittenMemory });
                        break;
                    case "CONTROL_MESSAGE":
                        break;
                    default:
                        Fail(output, record, "is not a subscription record of CloudWatch Logs");
                        break;
                }
            }
            catch (JsonException)
            {
                Fail(output, record, "is not JSON");
            }
            catch (InvalidOperationException)
            {
                // What JsonElement throws for text that is not Unicode.
                Fail(output, record, "holds text that is not Unicode");
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>The envelope's message type; null when it is none.</summary>
    private static string? ReadMessages(JsonElement envelope, ArrayBufferWriter<byte> messages)
    {
        if (envelope.ValueKind != JsonValueKind.Object
            || !envelope.TryGetProperty("messageType", out var type) || type.ValueKind != JsonValueKind.String
            || !envelope.TryGetProperty("logEvents", out var events) || events.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        foreach (var one in events.EnumerateArray())
        {
            if (one.ValueKind != JsonValueKind.Object
                || !one.TryGetProperty("message", out var message) || message.ValueKind != JsonValueKind.String)
            {
                return null;
            }

            Encoding.UTF8.GetBytes(message.GetString(), messages);
            messages.Write("\n"u8);
        }

        return type.GetString();
    }

    private static void Fail(FlowOutput output, in FlowRecord record, string what) =>
        output.Fail(record, ErrorTypes.DecompressionFailed, Decompression.Code, "the decompressed record " + what);
}
