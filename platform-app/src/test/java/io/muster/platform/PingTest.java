package io.muster.platform;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;
import static org.springframework.test.web.servlet.setup.MockMvcBuilders.standaloneSetup;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.web.servlet.MockMvc;

class PingTest {

    private final MockMvc server = standaloneSetup(new PingController()).build();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/json                | application/json | "pong"
            application/json, text/plain    | application/json | "pong"
            text/plain                      | text/plain       | pong
            text/*, application/json;q=0.5  | text/plain       | pong
            */*                             | text/plain       | pong
            """)
    void answersInTheTypeThatIsWantedMost(String accept, String type, String body) throws Exception {
        server.perform(get("/ping").header("Accept", accept))
                .andExpect(status().isOk())
                .andExpect(content().contentTypeCompatibleWith(type))
                .andExpect(content().string(body));
    }

    @ParameterizedTest
    @CsvSource("image/png")
    void hasNothingToSayInOtherTypes(String accept) throws Exception {
        server.perform(get("/ping").header("Accept", accept))
                .andExpect(status().isNoContent())
                .andExpect(header().doesNotExist("Content-Type"));
    }
}
