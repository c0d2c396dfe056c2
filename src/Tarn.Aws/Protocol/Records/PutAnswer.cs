using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Tarn.Streams.Records;

namespace Tarn.Aws.Protocol.Records;

/// <summary>Writes the answer to a put by hand: a number of failures, and a row for each record in its order.</summary>
internal static class PutAnswer
{
    /// <summary>What a row takes but for names of its own.</summary>
    public const int RowBytesMax = 128;

    private const int DigitsMax = 20;

    public static void Write<TForm>(PooledBuffer answer, ReadOnlySpan<AppendOutcome> outcomes)
        where TForm : IPutAnswer
    {
        var failed = 0;
        foreach (ref readonly var outcome in outcomes)
        {
            failed += outcome.Error is null ? 0 : 1;
        }

        answer.GetSpan(RowBytesMax * (outcomes.Length + 1)); // all at once, instead of growing again and again
        answer.Append(TForm.Head);
        WriteNumber(answer, (ulong)failed);
        answer.Append(TForm.Rows);
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (i > 0)
            {
                answer.Append(","u8);
            }

            if (outcomes[i].Error is { } error)
            {
                WriteFailure(answer, TForm.CodeOf(error), error.Message);
            }
            else
            {
                TForm.WriteRow(answer, outcomes[i]);
            }
        }

        answer.Append("]}"u8);
    }

    public static void WriteNumber(PooledBuffer answer, ulong number)
    {
        Utf8Formatter.TryFormat(number, answer.GetSpan(DigitsMax), out var length);
        answer.Advance(length);
    }

    /// <summary>Text of our own making, which has nothing to escape.</summary>
    public static void WriteAscii(PooledBuffer answer, string text) =>
        answer.Advance(Encoding.ASCII.GetBytes(text, answer.GetSpan(text.Length)));

    private static void WriteFailure(PooledBuffer answer, string code, string message)
    {
        using var writer = new Utf8JsonWriter(answer);
        writer.WriteStartObject();
        writer.WriteString("ErrorCode", code);
        writer.WriteString("ErrorMessage", message);
        writer.WriteEndObject();
    }
}
