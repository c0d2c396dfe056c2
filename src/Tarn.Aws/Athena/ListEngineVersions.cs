using System.Text.Json;
using Tarn.Aws.Protocol.Json;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_ListEngineVersions.html</summary>
internal sealed class ListEngineVersions : AthenaOperation<AthenaPage>
{
    private const int PageMax = 10;
    private static readonly string[] Versions = [EngineVersion.Automatic, EngineVersion.Three];

    public override string Name => "ListEngineVersions";

    protected override AthenaPage Read(JsonMembers members) => AthenaPage.Read(members, PageMax, 1, PageMax);

    protected override Task RunAsync(
        AthenaPage input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        input.Write(answer, "EngineVersions", Versions, (writer, version) =>
        {
            writer.WriteStartObject();
            EngineVersion.WriteMembers(writer, version);
            writer.WriteEndObject();
        });
        return Task.CompletedTask;
    }
}
