namespace Tarn.Aws.Tests.Kinesis.Properties;

/// <summary>Server and model disagree.</summary>
internal sealed class Mismatch(string message) : Exception(message)
{
    public static void Unless(bool holds, string message)
    {
        if (!holds)
        {
            throw new Mismatch(message);
        }
    }

    public static void UnlessEqual(string expected, string actual, string what) =>
        Unless(expected == actual, $"{what}: expected {expected}, got {actual}");
}
