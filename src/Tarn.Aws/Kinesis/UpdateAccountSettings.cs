using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Errors;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateAccountSettings.html. DISABLED is how it is;
/// ENABLED commits to a minimum bill and is refused.
/// </summary>
internal sealed class UpdateAccountSettings : KinesisOperation<string>
{
    private const string Setting = "MinimumThroughputBillingCommitment";

    public override string Name => "UpdateAccountSettings";

    protected override string Read(JsonMembers members) =>
        (members.Object(Setting) ?? throw members.Missing(Setting)).RequiredChoice("Status", "ENABLED", "DISABLED");

    protected override Task RunAsync(
        string input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        if (input == "ENABLED")
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                $"tarn does not support {Setting} of kinesis {Name}",
                "there is no bill to commit to",
                "streams take what the disk takes without it");
        }

        DescribeAccountSettings.Write(answer);
        return Task.CompletedTask;
    }
}
