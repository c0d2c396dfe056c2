using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.Kinesis.Properties;

/// <summary>
/// Takes steps out of a failing sequence as long as it still fails, each time against a new server.
/// </summary>
internal static class Shrinker
{
    private const int RunsMax = 150;

    public static async Task<(List<Step> Steps, string Failure)> ShrinkAsync(
        List<Step> steps, string failure, bool inCbor)
    {
        var runs = 0;
        for (var size = steps.Count / 2; size >= 1; size /= 2)
        {
            for (var at = 0; at + size <= steps.Count && runs < RunsMax;)
            {
                List<Step> fewer = [.. steps[..at], .. steps[(at + size)..]];
                runs++;
                if (await FailureOfAsync(fewer, inCbor) is { } still)
                {
                    (steps, failure) = (fewer, still);
                }
                else
                {
                    at += size;
                }
            }
        }

        return (steps, failure);
    }

    private static async Task<string?> FailureOfAsync(List<Step> steps, bool inCbor)
    {
        var scene = new AwsScene();
        await scene.InitializeAsync();
        try
        {
            await SequenceRun.RunAsync(scene, "again", steps, inCbor);
            return null;
        }
        catch (Mismatch failure)
        {
            return failure.Message;
        }
        finally
        {
            await scene.DisposeAsync();
        }
    }
}
