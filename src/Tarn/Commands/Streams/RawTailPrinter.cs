using System.Text.Json;

namespace Tarn.Commands.Streams;

/// <summary>Payloads alone, byte for byte, each with a newline.</summary>
internal sealed class RawTailPrinter(Stream output) : ITailPrinter
{
    public void Print(JsonElement record)
    {
        output.Write(record.GetProperty("data").GetBytesFromBase64());
        output.WriteByte((byte)'\n');
    }

    public void Flush() => output.Flush();
}
