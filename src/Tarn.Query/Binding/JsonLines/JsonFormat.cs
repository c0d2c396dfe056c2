using Tarn.Query.Binding.Lines;

namespace Tarn.Query.Binding.JsonLines;

/// <summary>A JSON object a line.</summary>
internal sealed class JsonFormat(JsonSerDe serDe) : LineFormat
{
    public override bool IsByName => true;

    public override ILineRow NewRow(IReadOnlyList<LineField> fields) => new JsonRow(serDe, fields);
}
