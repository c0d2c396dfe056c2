using Tarn.Aws.Protocol;
using Tarn.Primitives.Errors;
using Tarn.Streams.Records;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// Kinesis' words for a shard that was asked for more than its rate; only the front door knows the account.
/// </summary>
internal static class RateExceeded
{
    public const string Code = "ProvisionedThroughputExceededException";

    public static AwsException Of(TarnException failure, string account) =>
        new(Code, 400, Message(failure.Message, account));

    /// <summary>Names the account in each failure of this kind.</summary>
    public static void NameAccount(Span<AppendOutcome> outcomes, string account)
    {
        AppendError? known = null;
        AppendError? named = null;
        foreach (ref var outcome in outcomes)
        {
            if (outcome.Error is { Code: Code } error)
            {
                named = ReferenceEquals(error, known)
                    ? named
                    : error with { Message = Message(error.Message, account) };
                known = error;
                outcome = outcome with { Error = named };
            }
        }
    }

    private static string Message(string engines, string account) =>
        $"{char.ToUpperInvariant(engines[0])}{engines[1..]} under account {account}.";
}
