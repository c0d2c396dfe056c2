using System.Text.Json;
using Tarn.Aws.Protocol.Json;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeAccountSettings.html. There is no bill to commit
/// to.
/// </summary>
internal sealed class DescribeAccountSettings : KinesisOperation<bool>
{
    public override string Name => "DescribeAccountSettings";

    /// <summary>Writes the one setting there is.</summary>
    public static void Write(Utf8JsonWriter answer)
    {
        answer.WriteStartObject("MinimumThroughputBillingCommitment");
        answer.WriteString("Status", "DISABLED");
        answer.WriteEndObject();
    }

    protected override bool Read(JsonMembers members) => true;

    protected override Task RunAsync(
        bool input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        Write(answer);
        return Task.CompletedTask;
    }
}
