using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Query.NamedQueries;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_BatchGetNamedQuery.html</summary>
internal sealed class BatchGetNamedQuery(INamedQueries queries) : AthenaOperation<IReadOnlyList<string>>
{
    public override string Name => "BatchGetNamedQuery";

    protected override IReadOnlyList<string> Read(JsonMembers members) => BatchAnswer.Read(members, "NamedQueryIds");

    protected override Task RunAsync(
        IReadOnlyList<string> input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation) =>
        BatchAnswer.WriteAsync(
            answer,
            "NamedQueries",
            ("UnprocessedNamedQueryIds", "NamedQueryId"),
            input,
            id => queries.FindAsync(id, cancellation),
            NamedQueryAnswer.Write);
}
