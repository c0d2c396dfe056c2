using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_GetDataCatalog.html</summary>
internal sealed class GetDataCatalog(LakeIdentity lake) : AthenaOperation<string>
{
    public override string Name => "GetDataCatalog";

    protected override string Read(JsonMembers members)
    {
        var name = members.RequiredText("Name");
        return DataCatalog.IsNamed(name) ? name : throw DataCatalog.Missing(name);
    }

    protected override Task RunAsync(
        string input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        answer.WriteStartObject("DataCatalog");
        answer.WriteString("Name", DataCatalog.Name);
        answer.WriteString("Type", "GLUE");
        answer.WriteStartObject("Parameters");
        answer.WriteString("catalog-id", lake.AccountId);
        answer.WriteEndObject();
        answer.WriteEndObject();
        return Task.CompletedTask;
    }
}
