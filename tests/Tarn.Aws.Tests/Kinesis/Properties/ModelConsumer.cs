namespace Tarn.Aws.Tests.Kinesis.Properties;

internal sealed record ModelConsumer(string Name, string Arn)
{
    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);
}
