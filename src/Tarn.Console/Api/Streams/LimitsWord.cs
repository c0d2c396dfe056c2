namespace Tarn.Console.Api.Streams;

/// <summary>Whose rates hold, in the words of lake.yaml.</summary>
internal enum LimitsWord
{
    None,
    Aws,
}
