namespace Tarn.Benchmarks.Figures;

/// <summary>A benchmark that loses records measures nothing: it ends with an error instead of a figure.</summary>
internal static class Totals
{
    public static void MustEqual(long expected, long found, string what)
    {
        if (expected != found)
        {
            throw new InvalidDataException($"{what}: {found} instead of {expected}");
        }
    }
}
