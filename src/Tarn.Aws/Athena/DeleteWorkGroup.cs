using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Errors;
using Tarn.Query.Workgroups;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_DeleteWorkGroup.html</summary>
internal sealed class DeleteWorkGroup(IWorkgroupRemoval removal) : AthenaOperation<DeleteWorkGroup.Input>
{
    public override string Name => "DeleteWorkGroup";

    protected override Input Read(JsonMembers members) =>
        new(members.RequiredText("WorkGroup"), members.Flag("RecursiveDeleteOption") ?? false);

    protected override async Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        try
        {
            await removal.RemoveAsync(input.WorkGroup, input.IsRecursive, cancellation);
        }
        catch (TarnException failure) when (failure.Kind == ErrorKind.NotFound)
        {
            throw AthenaErrors.NoSuchWorkgroup(input.WorkGroup);
        }
        catch (TarnException failure) when (failure.Kind == ErrorKind.Conflict)
        {
            throw AthenaErrors.Invalid($"WorkGroup {input.WorkGroup} is not empty");
        }
    }

    internal sealed record Input(string WorkGroup, bool IsRecursive);
}
