using System.Text;

namespace AriDialer.Ari.Tests.Http;

/// <summary>Statuses and messages as Asterisk 22.10.1 answered them.</summary>
public sealed class AriErrorsTests
{
    [Theory]
    [InlineData(404, "Channel not found", AriErrorKind.Gone)]
    [InlineData(404, "Bridge not found", AriErrorKind.Gone)]
    [InlineData(404, "Provided channel was not found", AriErrorKind.Gone)]
    [InlineData(404, "Object with id 'none' not found", AriErrorKind.Gone)]
    [InlineData(400, "Channel not found", AriErrorKind.Gone)]
    [InlineData(422, "Event source does not exist", AriErrorKind.Gone)]
    [InlineData(409, "Channel not in Stasis application", AriErrorKind.NotInStasis)]
    [InlineData(422, "Channel not in Stasis application", AriErrorKind.NotInStasis)]
    [InlineData(409, "Bridge not in Stasis application", AriErrorKind.NotInStasis)]
    [InlineData(409, "Channel with given unique ID already exists", AriErrorKind.Conflict)]
    [InlineData(409, "Channel is not in the 'Down' state", AriErrorKind.Conflict)]
    [InlineData(412, "Channel in invalid state", AriErrorKind.Conflict)]
    [InlineData(422, "Channel not in this bridge", AriErrorKind.Conflict)]
    [InlineData(400, "Invalid reason for hangup reason provided", AriErrorKind.Fault)]
    [InlineData(400, "Endpoint must be specified", AriErrorKind.Fault)]
    [InlineData(422, "specified format is unknown on this system", AriErrorKind.Fault)]
    [InlineData(404, "Resource not found", AriErrorKind.Fault)]
    [InlineData(401, "Unauthorized", AriErrorKind.Fault)]
    [InlineData(403, "Forbidden", AriErrorKind.Fault)]
    [InlineData(500, "Allocation failed", AriErrorKind.Fault)]
    [InlineData(503, "Service Unavailable", AriErrorKind.Fault)]
    public void Kind_OfWhatAsteriskAnswers_TellsOutcomesFromFaults(int status, string message, AriErrorKind expected) =>
        Assert.Equal(expected, AriErrors.Kind(status, message));

    [Theory]
    [InlineData("""{"message":"Channel not found"}""", "Channel not found")]
    [InlineData("""{"error":"Bad Request"}""", "Bad Request")]
    [InlineData("<html>no</html>", "Unauthorized")]
    [InlineData("[]", "Unauthorized")]
    [InlineData("", "Unauthorized")]
    public void Message_OfBody_IsAsterisksOrElseTheReason(string body, string expected) =>
        Assert.Equal(expected, AriErrors.Message(Encoding.UTF8.GetBytes(body), "Unauthorized"));

    [Fact]
    public void Message_ThatIsHuge_IsCutShort() =>
        Assert.Equal(501, AriErrors.Message(Encoding.UTF8.GetBytes($$"""{"message":"{{new string('x', 100_000)}}"}"""), null).Length);
}
