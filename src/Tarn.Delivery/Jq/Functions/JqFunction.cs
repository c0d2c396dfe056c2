using Tarn.Delivery.Jq.Nodes;
using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Functions;

/// <summary>A function of the subset; docs/coverage/jq.md lists all.</summary>
/// <param name="Parameters">Names separated by "; "; empty when there are none.</param>
/// <param name="Does">One clause, for the page.</param>
internal sealed record JqFunction(string Name, string Parameters, string Does, Func<JqCall, JqNode> Make)
{
    public int Arity => Parameters.Length == 0 ? 0 : Parameters.Count(c => c == ';') + 1;

    /// <summary>One value of the input alone.</summary>
    public static JqFunction Plain(string name, string does, Func<JqRun, JqValue, JqValue> apply) =>
        new(name, "", does, _ => new SingleCallNode(apply));

    /// <summary>One value of the input and of each combination of the arguments' values.</summary>
    public static JqFunction OfValues(
        string name, string parameters, string does, Func<JqRun, JqValue, JqValue[], JqValue> apply) =>
        new(name, parameters, does, call => new ValueCallNode(call.Arguments, apply));

    /// <summary>One value; arguments are filters that the function runs itself.</summary>
    public static JqFunction OfFilters(
        string name,
        string parameters,
        string does,
        Func<IReadOnlyList<JqNode>, JqRun, JqValue, JqValue> apply) =>
        new(name, parameters, does, call => new SingleCallNode((run, input) => apply(call.Arguments, run, input)));

    /// <summary>Any number of values; arguments are filters that the function runs itself.</summary>
    public static JqFunction Many(
        string name,
        string parameters,
        string does,
        Func<IReadOnlyList<JqNode>, JqRun, JqValue, IEnumerable<JqValue>> apply) =>
        new(name, parameters, does, call => new ManyCallNode((run, input) => apply(call.Arguments, run, input)));
}
