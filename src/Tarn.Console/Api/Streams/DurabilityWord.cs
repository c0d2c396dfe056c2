namespace Tarn.Console.Api.Streams;

/// <summary>When an append is answered, in the words of lake.yaml.</summary>
internal enum DurabilityWord
{
    Disk,
    Os,
}
