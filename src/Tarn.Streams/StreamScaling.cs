namespace Tarn.Streams;

/// <summary>Changes that one reshard does not reach.</summary>
public static class StreamScaling
{
    /// <summary>
    /// As <see cref="IStreams.ConfigureAsync"/>, but any shard count can be asked for: it is halved or doubled as often
    /// as needed. Cut off between two steps, the stream is as the steps before left it.
    /// </summary>
    public static async Task<StreamDescription> ScaleAsync(
        this IStreams streams, string stream, Func<StreamSpec, StreamSpec> change, CancellationToken cancellation)
    {
        while (true)
        {
            var wanted = 0;
            var changed = await streams.ConfigureAsync(
                stream,
                before =>
                {
                    var after = change(before);
                    wanted = after.ShardCount;
                    return after with { ShardCount = Step(before.ShardCount, wanted) };
                },
                cancellation);
            if (changed.Spec.ShardCount == wanted)
            {
                return changed;
            }
        }
    }

    /// <summary>The nearest count that one change reaches. What is not valid is left to fail.</summary>
    private static int Step(int present, int wanted) => wanted < 1
        ? wanted
        : Math.Clamp(wanted, (present + 1) / 2, (int)Math.Min(int.MaxValue, present * 2L));
}
