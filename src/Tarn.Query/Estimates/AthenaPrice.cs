namespace Tarn.Query.Estimates;

/// <summary>What Athena charges for scanned bytes.</summary>
internal static class AthenaPrice
{
    private const decimal UsdPerByte = 5m / 1_000_000_000_000m;
    private const long BytesMin = 10_000_000;

    public static decimal Usd(long bytes) => Math.Max(bytes, BytesMin) * UsdPerByte;
}
