using System.Text.Json;

namespace Tarn.Commands.Streams;

/// <summary>Prints records of a tail.</summary>
internal interface ITailPrinter
{
    /// <summary>One record as the API tells it.</summary>
    void Print(JsonElement record);

    /// <summary>Everything printed is to be seen now.</summary>
    void Flush();
}
