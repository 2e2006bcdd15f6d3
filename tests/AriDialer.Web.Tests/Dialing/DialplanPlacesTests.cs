using AriDialer.Web.Tests.Hosting;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Tests.Dialing;

public sealed class DialplanPlacesTests
{
    [Theory]
    [InlineData("", "reception", "s", "1", "each place needs a Name")]
    [InlineData("!?", "reception", "s", "1", "each place needs a Name")]
    [InlineData("555 0100", "reception", "s", "1", "would be read as a telephone number")]
    [InlineData("Reception", "", "s", "1", "needs a Context and an Extension")]
    [InlineData("Reception", "recep,tion", "s", "1", "needs a Context and an Extension")]
    [InlineData("Reception", "reception", "s&t", "1", "needs a Context and an Extension")]
    [InlineData("Reception", "reception", "s", "0", "a Priority from 1")]
    [InlineData("front-desk", "reception", "s", "1", "is there twice")]
    public async Task Start_WithAPlaceThatCannotBe_IsRefusedWithASentence(string name, string context, string extension, string priority, string sentence)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => TestApp.StartAsync(new()
        {
            ["Dialing:Places:0:Name"] = "Front desk",
            ["Dialing:Places:0:Context"] = "reception",
            ["Dialing:Places:1:Name"] = name,
            ["Dialing:Places:1:Context"] = context,
            ["Dialing:Places:1:Extension"] = extension,
            ["Dialing:Places:1:Priority"] = priority,
        }));

        Assert.Contains(sentence, refused.Message);
    }
}
