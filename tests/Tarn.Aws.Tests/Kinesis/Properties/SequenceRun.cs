using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.Kinesis.Properties;

/// <summary>
/// Runs a sequence against a server and the model at once. Throws where they disagree, and says at which step.
/// </summary>
internal sealed class SequenceRun
{
    private static readonly TimeSpan ManyHours = TimeSpan.FromHours(10);
    private static readonly TimeSpan SomeMinutes = TimeSpan.FromSeconds(121);

    private readonly World _world;
    private readonly ShardChecks _checks;
    private readonly StreamSteps _streams;
    private readonly ShardSteps _shards;
    private readonly RecordSteps _records;
    private readonly ReadSteps _reads;

    private SequenceRun(AwsScene scene, string prefix, bool inCbor)
    {
        _world = new World(scene, prefix, inCbor);
        _checks = new ShardChecks(_world);
        _streams = new StreamSteps(_world, _checks);
        _shards = new ShardSteps(_world, _checks);
        _records = new RecordSteps(_world);
        _reads = new ReadSteps(_world);
    }

    public static async Task RunAsync(AwsScene scene, string prefix, IReadOnlyList<Step> steps, bool inCbor)
    {
        var run = new SequenceRun(scene, prefix, inCbor);
        for (var i = 0; i < steps.Count; i++)
        {
            run._world.Mark();
            try
            {
                await run.RunAsync(steps[i]);
            }
            catch (Exception failure)
            {
                throw new Mismatch($"step {i}, {steps[i]}: {Text(failure)}");
            }
        }

        run._world.Mark();
        try
        {
            await run.CompareAllAsync();
            await run.DeleteAllAsync();
        }
        catch (Exception failure)
        {
            throw new Mismatch($"after the last step: {Text(failure)}");
        }
    }

    private static string Text(Exception failure) => failure is Mismatch ? failure.Message : failure.ToString();

    private async Task RunAsync(Step step)
    {
        switch (step.Kind)
        {
            case StepKind.PassHours:
                _world.Pass(ManyHours);
                break;
            case StepKind.PassMinutes:
                _world.Pass(SomeMinutes);
                break;
            case StepKind.Restart:
                await _world.RestartAsync();
                await CompareAllAsync();
                break;
            case StepKind.ReadAll:
                if (_world.Streams.GetValueOrDefault(_world.NameAt(step.A)) is { } stream)
                {
                    await _reads.ReadAllAsync(stream);
                }

                break;
            default:
                await OperateAsync(step);
                break;
        }
    }

    private Task OperateAsync(Step step) => step.Kind switch
    {
        StepKind.Create => _streams.CreateAsync(step),
        StepKind.Delete => _streams.DeleteAsync(step, enforce: step.C % 2 == 0),
        StepKind.Put => _records.PutAsync(step),
        StepKind.PutMany => _records.PutManyAsync(step),
        StepKind.Split => _shards.SplitAsync(step),
        StepKind.Merge => _shards.MergeAsync(step),
        StepKind.Scale => _shards.ScaleAsync(step),
        StepKind.ChangeMode => _streams.ChangeModeAsync(step),
        StepKind.ChangeRetention => _streams.ChangeRetentionAsync(step),
        StepKind.GetIterator => _reads.GetIteratorAsync(step),
        StepKind.GetRecords => _reads.GetRecordsAsync(step),
        StepKind.ListShards => _shards.ListAsync(step),
        StepKind.ListStreams => _streams.ListAsync(),
        StepKind.Tag => _streams.TagAsync(step, remove: false),
        StepKind.Untag => _streams.TagAsync(step, remove: true),
        StepKind.Register => _streams.RegisterAsync(step),
        StepKind.Deregister => _streams.DeregisterAsync(step),
        _ => throw new NotSupportedException(step.Kind.ToString()),
    };

    private async Task CompareAllAsync()
    {
        await _streams.ListAsync();
        foreach (var stream in _world.Streams.Values)
        {
            await _checks.CompareAsync(stream);
            await _checks.CompareTagsAsync(stream.Arn, stream.Tags);
            await _checks.CompareConsumersAsync(stream);
            foreach (var consumer in stream.Consumers.Values)
            {
                await _checks.CompareTagsAsync(consumer.Arn, consumer.Tags);
            }

            await _reads.ReadAllAsync(stream);
        }
    }

    private async Task DeleteAllAsync()
    {
        foreach (var name in _world.Streams.Keys.ToList())
        {
            await _world.OkAsync("DeleteStream", ("StreamName", name), ("EnforceConsumerDeletion", true));
        }
    }
}
