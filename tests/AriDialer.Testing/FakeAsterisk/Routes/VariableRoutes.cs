using System.Text.Json.Nodes;

namespace AriDialer.Testing;

/// <summary>Variables of a channel or a bridge.</summary>
internal static class VariableRoutes
{
    private const string ReadHeader = "PJSIP_HEADER(read,";

    public static FakeAnswer? Handle(FakeRequest request, FakeChannel? channel) => channel is null || channel.App is null
        ? FakeAnswer.Error(channel is null ? 404 : 409, channel is null ? "Provided channel was not found" : "Channel not in Stasis application")
        : request.Method == "GET" && request["variable"] is { } function && function.StartsWith(ReadHeader, StringComparison.Ordinal)
            ? HeaderToBeSent(channel, function[ReadHeader.Length..])
            : Handle(request, channel.Variables, channel.Reported);

    // The INVITE takes what was to be sent along.
    private static FakeAnswer HeaderToBeSent(FakeChannel channel, string name) =>
        !channel.Dialed && channel.Variables.TryGetValue($"PJSIP_HEADER(add,{name}", out var value)
            ? FakeAnswer.Ok(new JsonObject { ["value"] = value })
            : FakeAnswer.Error(500, "Error with function");

    public static FakeAnswer? Handle(FakeRequest request, IDictionary<string, string> variables, ISet<string> reported)
    {
        switch (request.Method, request.Segments[^1])
        {
            case ("GET", "variable"):
                return variables.TryGetValue(request["variable"] ?? "", out var value)
                    ? FakeAnswer.Ok(new JsonObject { ["value"] = value })
                    : FakeAnswer.Error(404, "Provided variable was not found");
            case ("GET", "variables"):
                var names = (request["variables"] ?? "").Split(',');
                return !names.All(variables.ContainsKey)
                    ? FakeAnswer.Error(404, "Provided variable was not found")
                    : FakeAnswer.Ok(new JsonObject { ["variables"] = FakeJson.Variables(variables, names) });
            case ("POST", "variable"):
                Set(variables, reported, request["variable"] ?? "", request["value"] ?? "", request["report_events"] == "true");
                return FakeAnswer.Done;
            case ("POST", "variables"):
                Set(variables, reported, request.Body);
                return FakeAnswer.Done;
            default:
                return null;
        }
    }

    /// <summary>Sets what <c>{"variables": {"NAME": "value" or {"value": …, "report_events": …}}}</c> names.</summary>
    public static void Set(IDictionary<string, string> variables, ISet<string> reported, JsonNode? body)
    {
        foreach (var (name, variable) in body?["variables"] as JsonObject ?? [])
        {
            if (variable is JsonObject full)
                Set(variables, reported, name, full["value"]!.ToString(), full["report_events"]?.GetValue<bool>() == true);
            else
                Set(variables, reported, name, variable!.ToString(), report: false);
        }
    }

    private static void Set(IDictionary<string, string> variables, ISet<string> reported, string name, string value, bool report)
    {
        variables[name] = value;
        if (report)
            reported.Add(name);
        else
            reported.Remove(name);
    }
}
